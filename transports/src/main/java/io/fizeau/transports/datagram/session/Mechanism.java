package io.fizeau.transports.datagram.session;

import io.fizeau.core.transport.SendStatus;
import org.agrona.DirectBuffer;

/**
 * How the messages of one connection are made reliable, at one end: a pure state machine. It reads no clock and touches no socket: it
 * gets messages to send, datagrams that came and the time, and sends datagrams and hands out messages through its
 * {@link Carrier}.
 *
 * <p>Used by one thread at a time. All times are ns of one clock, which does not fall. No method throws for what a peer sends.
 */
public interface Mechanism {
    /** No deadline. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Takes a message, wholly or not at all, and sends what may be sent.
     *
     * @param buffer holds it; free again when this returns.
     * @param offset where it starts.
     * @param length its bytes, at most the session's longest.
     * @param nowNs the time.
     * @return {@link SendStatus#ACCEPTED} or {@link SendStatus#BACK_PRESSURED}.
     */
    SendStatus offer(DirectBuffer buffer, int offset, int length, long nowNs);

    /**
     * Sends what was gathered.
     *
     * @param nowNs the time.
     * @return {@link SendStatus#ACCEPTED}, or {@link SendStatus#BACK_PRESSURED} if something still waits for more calls.
     */
    SendStatus flush(long nowNs);

    /**
     * A datagram of this connection came, whole and unaltered. May hand out messages.
     *
     * @param type of {@link io.fizeau.transports.datagram.wire.Wire#FIRST_OF_MECHANISM} or above.
     * @param flags the header's flags, 0 to 255.
     * @param buffer where the datagram lies; valid until this returns.
     * @param offset where its body begins, behind the header.
     * @param length the body's bytes, 0 or more.
     * @param nowNs the time.
     * @return false if no such datagram can be: it was ignored, and is counted by the caller.
     */
    boolean onDatagram(byte type, int flags, DirectBuffer buffer, int offset, int length, long nowNs);

    /**
     * Hands out messages that are there, and were not taken before.
     *
     * @param nowNs the time.
     */
    void deliver(long nowNs);

    /**
     * Whether messages are there that {@link #deliver} would offer.
     *
     * @return true if so.
     */
    boolean hasUndelivered();

    /**
     * Does what is due: time-outs, acknowledgements, what can be sent now.
     *
     * @param nowNs the time.
     */
    void onTime(long nowNs);

    /**
     * When {@link #onTime} wants to be called; in the past if at once.
     *
     * @return the time in ns, or {@link #NEVER}.
     */
    long deadlineNs();

    /**
     * Whether everything that was accepted has been acknowledged, as far as this mechanism ever learns that.
     *
     * @return true if nothing is pending.
     */
    boolean isDrained();
}
