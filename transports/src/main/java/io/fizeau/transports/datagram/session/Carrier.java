package io.fizeau.transports.datagram.session;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.datagram.wire.Memory;
import org.agrona.DirectBuffer;

/** What a {@link Mechanism} gets from its session: the way out for datagrams and messages. */
public interface Carrier {
    /**
     * Sends a datagram; the header is written here.
     *
     * @param type what it is.
     * @param flags 0 to 255.
     * @param memory where it lies.
     * @param offset where its header of {@link io.fizeau.transports.datagram.wire.Wire#HEADER_BYTES} begins, which is overwritten; the
     *     body is behind it.
     * @param length bytes of header and body.
     * @return false if it cannot be sent at the moment, as if it had not been tried.
     */
    boolean send(byte type, int flags, Memory memory, int offset, int length);

    /**
     * Hands a message to the user.
     *
     * @param buffer where it lies.
     * @param offset where it begins.
     * @param length its bytes.
     * @return false if it is not taken now, and has to be offered again by {@link Mechanism#deliver}.
     */
    boolean deliver(DirectBuffer buffer, int offset, int length);

    /**
     * Ends the connection from within.
     *
     * @param reason why.
     * @param nowNs the time.
     */
    void fail(CloseReason reason, long nowNs);
}
