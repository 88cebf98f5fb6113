package io.fizeau.transports.datagram.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a mechanism did, by all connections of a node together. Written by the thread that drives; others may read, and see values that
 * may be a little old.
 */
@SuppressWarnings("PublicField") // counted on the hot path by the classes of this protocol
public final class ArqCounters {
    /** Data datagrams sent for the first time. */
    public long sent;
    /** Data datagrams sent again. */
    public long resent;
    /** Of those, how many the peer turned out to have had (as far as the mechanism can tell). */
    public long spurious;
    /** Data datagrams that came a second time. */
    public long duplicate;
    /** Data datagrams that were taken in. */
    public long received;
    /** Data datagrams for which there was no room, or that came outside of the order that the mechanism can use. */
    public long beyondWindow;
    /** Datagrams that only acknowledge. */
    public long acknowledgementsSent;
    /** Datagrams that ask for a repetition. */
    public long requestsSent;
    /** Retransmission time-outs, or probe time-outs. */
    public long timeouts;
    /** Redundant datagrams sent. */
    public long repairsSent;
    /** Data datagrams that redundancy restored. */
    public long restored;
    /** Heartbeats, and probes for a window update. */
    public long probesSent;
    /** How often the socket took nothing. */
    public long refusedBySocket;

    /** All zero. */
    public ArqCounters() {}

    /**
     * The values by name.
     *
     * @return a new map, in order of meaning.
     */
    public Map<String, Long> values() {
        final Map<String, Long> values = new LinkedHashMap<>();
        values.put("sent", sent);
        values.put("resent", resent);
        values.put("spurious", spurious);
        values.put("duplicate", duplicate);
        values.put("received", received);
        values.put("beyondWindow", beyondWindow);
        values.put("acknowledgementsSent", acknowledgementsSent);
        values.put("requestsSent", requestsSent);
        values.put("timeouts", timeouts);
        values.put("repairsSent", repairsSent);
        values.put("restored", restored);
        values.put("probesSent", probesSent);
        values.put("refusedBySocket", refusedBySocket);
        return values;
    }
}
