package io.fizeau.core.load;

/** Which phase the answers must be of, and how closely they are looked at. Opened by the loop's thread, read by those that deliver. */
final class PhaseGate {
    private volatile boolean isContentChecked;
    private volatile int phase;

    void open(final int newPhase, final Check check) {
        isContentChecked = check == Check.CONTENT;
        phase = newPhase;
    }

    int phase() {
        return phase;
    }

    boolean isContentChecked() {
        return isContentChecked;
    }
}
