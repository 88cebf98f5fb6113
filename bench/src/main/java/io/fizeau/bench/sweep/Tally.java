package io.fizeau.bench.sweep;

/** What the probes of one rate said. Used by one thread. */
final class Tally {
    private int held; // all three by add
    private int failed;
    private int unclear;

    void add(final Outcome outcome) {
        switch (outcome) {
            case HOLDS -> held++;
            case FAILS -> failed++;
            case UNCLEAR -> unclear++;
        }
    }

    int total() {
        return held + failed + unclear;
    }

    boolean hasFailed() {
        return failed > 0;
    }

    /** Nothing but successes. */
    boolean isClean() {
        return held == total();
    }

    /** Nothing but failures. */
    boolean isDead() {
        return failed == total();
    }

    /** Neither: its probes disagree, or could not tell. */
    boolean isDisputed() {
        return !isClean() && !isDead();
    }

    /** It failed at least as often as it held: not a mere slip. */
    boolean isBarred() {
        return failed > 0 && failed >= held;
    }
}
