package io.fizeau.core.impair;

import org.agrona.DirectBuffer;

/** Takes the packets that are due. */
@FunctionalInterface
public interface PacketSink {
    /**
     * A packet is due.
     *
     * @param buffer where it lies, in memory outside the heap; valid only during the call.
     * @param offset where it begins.
     * @param length its bytes.
     * @return false if it cannot be taken now: it stays the first, and is offered again at the next poll.
     */
    boolean onPacket(DirectBuffer buffer, int offset, int length);
}
