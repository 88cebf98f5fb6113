package io.fizeau.transports.datagram.session;

import io.fizeau.core.transport.CloseReason;
import org.agrona.DirectBuffer;

/** What a session tells. It may send on its session from each of these, and close it. */
public interface SessionUser {
    /** It is open: messages can be sent. Once, before any message. */
    void onOpen();

    /**
     * A message came.
     *
     * @param buffer where it lies; valid until this returns.
     * @param offset where it begins.
     * @param length its bytes.
     * @return false if it is not taken, and is to be offered again by {@link Session#deliver}.
     */
    boolean onMessage(DirectBuffer buffer, int offset, int length);

    /**
     * It is over, but not by {@link Session#close}. Once, and last.
     *
     * @param reason why.
     */
    void onClosed(CloseReason reason);
}
