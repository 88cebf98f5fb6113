package io.fizeau.core.theory;

/**
 * How much of a link's capacity a repeat-request protocol uses: the share of time in which it sends frames that are then delivered for
 * the first time. The unit of time is the sending of one frame; {@code a} is the one-way propagation delay in that unit.
 *
 * <p>Source: Bertsekas and Gallager, <em>Data Networks</em>, 2nd ed., section 2.4; in this form in many courses. Assumptions: frames of
 * equal length, always one to send, independent loss, acknowledgements that take no time to send, no processing delay, and timers that
 * fire exactly after a round trip. Pure functions; a value out of range throws
 * {@link io.fizeau.core.error.TransportException}.
 */
public final class ArqEfficiency {
    private ArqEfficiency() {}

    /**
     * One frame in flight: {@code (1 - P) / (1 + 2a)} with {@code P = 1 - (1 - p)(1 - pAck)}.
     *
     * @param a propagation delay by frame time, 0 or more.
     * @param p loss of frames, 0 to 1.
     * @param pAck loss of acknowledgements, 0 to 1.
     * @return from 0 to 1.
     */
    public static double stopAndWait(final double a, final double p, final double pAck) {
        Ranges.atLeast("a", a, 0);
        Ranges.probability("p", p);
        Ranges.probability("pAck", pAck);
        return (1 - p) * (1 - pAck) / (1 + 2 * a);
    }

    /**
     * All are sent again from the first lost frame: {@code (1 - p) / (1 - p + m p)}. Assumes a window that fills the pipe and that no
     * acknowledgement is missed (they are cumulative).
     *
     * @param p loss of frames, 0 to 1.
     * @param m frames sent again for each loss, 1 or more: {@link #textbookRepeats} or {@link #timerRepeats}.
     * @return from 0 to 1.
     */
    public static double goBackN(final double p, final double m) {
        Ranges.probability("p", p);
        Ranges.atLeast("m", m, 1);
        return (1 - p) / (1 - p + m * p);
    }

    /**
     * Frames that go-back-N repeats for a loss in textbooks: {@code 1 + 2a}.
     *
     * @param a propagation delay by frame time, 0 or more.
     * @return frames, 1 or more.
     */
    public static double textbookRepeats(final double a) {
        Ranges.atLeast("a", a, 0);
        return 1 + 2 * a;
    }

    /**
     * Frames that go-back-N repeats for a loss where its timer fires inside a frame that is already leaving and must first end:
     * {@code 2 + 2a}. Not from the books; it is what a simulation shows.
     *
     * @param a propagation delay by frame time, 0 or more.
     * @return frames, 2 or more.
     */
    public static double timerRepeats(final double a) {
        return 1 + textbookRepeats(a);
    }

    /**
     * Only lost frames are sent again: {@code min(1, W / (1 + 2a)) (1 - p)}.
     *
     * <p>An upper bound: it takes no account of the window standing still while its oldest frame is missing. At a = 10, p = .1 and
     * W = 22 it gives .900 where a simulation gives .554; it takes a window of about three times the pipe to come near it.
     *
     * @param a propagation delay by frame time, 0 or more.
     * @param p loss of frames, 0 to 1.
     * @param windowFrames frames in flight at most, 1 or more.
     * @return from 0 to 1.
     */
    public static double selectiveRepeat(final double a, final double p, final double windowFrames) {
        Ranges.atLeast("a", a, 0);
        Ranges.probability("p", p);
        Ranges.atLeast("windowFrames", windowFrames, 1);
        return Math.min(1, windowFrames / (1 + 2 * a)) * (1 - p);
    }
}
