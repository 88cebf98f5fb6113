package io.fizeau.transports.datagram.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Datagrams that came and changed nothing, by cause. Written by the thread that drives; others may read, and see values that may be a
 * little old.
 */
@SuppressWarnings("PublicField") // counted on the hot path by the classes of this protocol
public final class DatagramCounters {
    /** Shorter than a header. */
    public long truncated;
    /** Of another protocol, or of another mechanism. */
    public long foreign;
    /** Altered on the way: the checksum is wrong. */
    public long corrupt;
    /** Of a connection that is not known here, or not any more. */
    public long unknown;
    /** Of a known connection, and from another address than the peer's. */
    public long wrongAddress;
    /** Asked to connect with a cookie that was not made here for this address. */
    public long forged;
    /** Asked to connect with a cookie that is too old. */
    public long stale;
    /** Whole, and yet nothing that this protocol ever sends. */
    public long malformed;
    /** Asked to connect with options that do not fit those here, or when there was no room. */
    public long refused;
    /** Connections that were ended because what came was whole, and yet not what a peer's mechanism sends. */
    public long rejected;

    /** All zero. */
    public DatagramCounters() {}

    /**
     * The values by name.
     *
     * @return a new map.
     */
    public Map<String, Long> values() {
        final Map<String, Long> values = new LinkedHashMap<>();
        values.put("truncated", truncated);
        values.put("foreign", foreign);
        values.put("corrupt", corrupt);
        values.put("unknown", unknown);
        values.put("wrongAddress", wrongAddress);
        values.put("forged", forged);
        values.put("stale", stale);
        values.put("malformed", malformed);
        values.put("refused", refused);
        values.put("rejected", rejected);
        return values;
    }
}
