package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;

/**
 * A blackout: all packets offered within it are lost. Immutable.
 *
 * @param fromNs its begin in ns after the first packet, 0 or more.
 * @param lengthNs its length in ns, more than 0.
 */
public record Window(long fromNs, long lengthNs) {
    /** Checks the limits. */
    public Window {
        if (fromNs < 0 || lengthNs <= 0 || fromNs > Long.MAX_VALUE - lengthNs) {
            throw TransportException.badRequest(
                    "blackout=" + fromNs + "ns+" + lengthNs + "ns must begin at 0 or later and last more than 0 ns");
        }
    }

    /**
     * Its end.
     *
     * @return ns after the first packet, no longer within.
     */
    public long untilNs() {
        return fromNs + lengthNs;
    }
}
