package io.fizeau.transports.datagram.session;

/** Points in time of a clock that may begin anywhere, and {@link Mechanism#NEVER}. Pure functions. */
public final class Deadlines {
    private Deadlines() {}

    /**
     * The earlier one.
     *
     * @param one a time in ns, or never.
     * @param other a time in ns, or never.
     * @return the earlier one; never if both are never.
     */
    public static long earlier(final long one, final long other) {
        if (one == Mechanism.NEVER) {
            return other;
        }
        return other == Mechanism.NEVER || one - other < 0 ? one : other;
    }

    /**
     * Whether it has come.
     *
     * @param deadlineNs a time in ns, or never.
     * @param nowNs the time.
     * @return true if so; never does not come.
     */
    public static boolean isDue(final long deadlineNs, final long nowNs) {
        return deadlineNs != Mechanism.NEVER && nowNs - deadlineNs >= 0;
    }
}
