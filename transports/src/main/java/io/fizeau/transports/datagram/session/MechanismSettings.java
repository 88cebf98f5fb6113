package io.fizeau.transports.datagram.session;

import io.fizeau.transports.datagram.wire.Memory;
import org.agrona.BitUtil;

/**
 * What a mechanism is made of, beyond its own options; what both ends must have alike is agreed upon in the handshake.
 *
 * @param maxMessageBytes the longest message.
 * @param maxDatagramBytes the longest datagram, header and all.
 * @param windowDatagrams how many data datagrams a receiver keeps at the most, and a sender has on the way.
 * @param gathers whether messages wait for a flush to travel together.
 * @param isDirect whether memory is outside the heap, for sockets.
 * @param firstSent the first number of what this end sends.
 * @param firstReceived the first number of what the peer sends.
 * @param initialRttNs a round trip measured by the handshake.
 */
public record MechanismSettings(
        int maxMessageBytes,
        int maxDatagramBytes,
        int windowDatagrams,
        boolean gathers,
        boolean isDirect,
        long firstSent,
        long firstReceived,
        long initialRttNs) {
    /**
     * How many pieces a receiver has room for: a window, rounded up to a power of two.
     *
     * @return pieces.
     */
    public int roomInPieces() {
        return BitUtil.findNextPositivePowerOfTwo(windowDatagrams);
    }

    /**
     * Memory of the kind that is asked for.
     *
     * @param bytes its size.
     * @return zeroed memory.
     */
    public Memory memory(final int bytes) {
        return isDirect ? Memory.direct(bytes) : Memory.onHeap(bytes);
    }
}
