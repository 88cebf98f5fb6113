package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;

/**
 * How much room a path has, and what of a packet it looks at. Immutable. The memory of a path is {@code packets * packetBytes}
 * and some 64 bytes a packet, taken once.
 *
 * @param packets how many packets may be held at once: those on their way in a delay, in the queue, and overtaken ones.
 * @param packetBytes the longest packet.
 * @param protectedBytes how many bytes at a packet's start are never corrupted: 0, or the header that the link itself needs.
 * @param framingBytes bytes a packet has on the wire beyond what is offered, for the rate limit and its queue: 14 if IP packets are
 *     offered and an Ethernet frame is meant, 42 if datagrams without their headers are.
 */
public record PathLimits(int packets, int packetBytes, int protectedBytes, int framingBytes) {
    /** Enough for 100 000 packets a second and 80 ms, of 2 KiB at most: 16 MiB. */
    public static final PathLimits DEFAULT = new PathLimits(8192, 2048, 0, 0);

    private static final int MAX_PACKETS = 1 << 20;
    private static final int MAX_PACKET_BYTES = 1 << 16;

    /** Checks the limits. */
    public PathLimits {
        TransportException.requireWithin("packets", packets, 1, MAX_PACKETS);
        TransportException.requireWithin("packetBytes", packetBytes, 1, MAX_PACKET_BYTES);
        TransportException.requireWithin("protectedBytes", protectedBytes, 0, packetBytes);
        TransportException.requireWithin("framingBytes", framingBytes, 0, MAX_PACKET_BYTES);
        if ((long) packets * packetBytes > Integer.MAX_VALUE) {
            throw TransportException.badRequest("packets=" + packets + " of packetBytes=" + packetBytes
                    + " need more than the 2 GiB that a path may take");
        }
    }
}
