package io.fizeau.transports.arq.stream;

import io.fizeau.transports.datagram.session.ArqCounters;

/**
 * How many pieces were sent again, and how many of those the peer turned out to have had: it reports how many came to it a second time,
 * modulo 2^16. What the network doubled is among them, so no more counts than was sent again. Used by one thread.
 */
public final class Repetitions {
    private final ArqCounters counters;
    private long sent;
    private long spurious;
    private short reported;

    /**
     * None so far.
     *
     * @param counters takes what is counted.
     */
    public Repetitions(final ArqCounters counters) {
        this.counters = counters;
    }

    /** A piece was sent again. */
    public void onSent() {
        sent++;
        counters.resent++;
    }

    /**
     * The peer says how many pieces came a second time since the connection opened.
     *
     * @param duplicates the lower 16 bits of that; a report that was overtaken changes nothing.
     * @return whether more was sent in vain than was known.
     */
    public boolean onReport(final short duplicates) {
        final int more = (short) (duplicates - reported);
        if (more <= 0) {
            return false;
        }
        reported = duplicates;
        final long known = Math.min(more, sent - spurious);
        spurious += known;
        counters.spurious += known;
        return known > 0;
    }
}
