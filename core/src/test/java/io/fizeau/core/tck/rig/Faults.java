package io.fizeau.core.tck.rig;

import java.util.ArrayList;
import java.util.List;

/** Broken promises, collected on whatever thread sees them and reported by the test's own. Thread-safe. */
public final class Faults {
    private static final int KEPT = 6;

    private final List<String> kept = new ArrayList<>();
    private volatile long count; // written under the lock

    /**
     * Notes a fault; the first few are kept word by word, the rest are counted.
     *
     * @param fault one line.
     */
    public synchronized void report(final String fault) {
        count = count + 1;
        if (kept.size() < KEPT) {
            kept.add(fault);
        }
    }

    /**
     * What was noted.
     *
     * @return the faults in one line, empty if there are none.
     */
    public synchronized String text() {
        final String text = String.join("; ", kept);
        return count > kept.size() ? text + "; and " + (count - kept.size()) + " more" : text;
    }

    /** Fails the test if anything was noted. Cheap otherwise. */
    public void check() {
        if (count > 0) {
            throw new AssertionError(text());
        }
    }
}
