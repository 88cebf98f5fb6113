package io.fizeau.core.load.many;

import io.fizeau.core.load.Check;

/** Which phase is on, and whether answered connections go on. Opened and closed by the loop's thread, read by those that deliver. */
final class EchoGate {
    private boolean isContentChecked; // with limit published by isOpen
    private long limit;
    private volatile int phase;
    private volatile boolean isOpen;

    /**
     * Begins a phase.
     *
     * @param newPhase its number.
     * @param check how closely answers are looked at.
     * @param newLimit how many messages each connection sends at the most.
     */
    void open(final int newPhase, final Check check, final long newLimit) {
        isContentChecked = check == Check.CONTENT;
        limit = newLimit;
        phase = newPhase;
        isOpen = true;
    }

    /** From now on nothing is sent. */
    void close() {
        isOpen = false;
    }

    boolean isOpen() {
        return isOpen;
    }

    int phase() {
        return phase;
    }

    /** Whether a connection that has sent so many sends one more. */
    boolean admits(final long sent) {
        return isOpen && sent < limit;
    }

    boolean isContentChecked() {
        return isContentChecked;
    }
}
