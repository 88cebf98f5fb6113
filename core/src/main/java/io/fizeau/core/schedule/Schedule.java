package io.fizeau.core.schedule;

/**
 * When messages fall due, counted from the start. It never asks a clock and never whether the last message came back: so it is
 * never moved to what a clock said after a wait, and a message that leaves late is counted from when it was due.
 *
 * <p>Used by one thread.
 *
 * @implSpec The offsets never fall, and are the same each time after {@link #restart(int)} with the same phase.
 */
public interface Schedule {
    /**
     * Starts anew.
     *
     * @param phase a number that tells phases apart: a random schedule draws others in another phase.
     */
    void restart(int phase);

    /**
     * When the next message falls due.
     *
     * @return nanoseconds since the start of the schedule, at least those of the message before it.
     */
    long nextOffsetNs();
}
