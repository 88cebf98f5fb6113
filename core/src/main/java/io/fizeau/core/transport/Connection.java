package io.fizeau.core.transport;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A two-way path for messages to one peer; the same type at both ends.
 *
 * <p><b>Thread-safety.</b> One thread sends and one thread delivers (polls, and so runs the handler). With
 * {@link Guarantee#CONCURRENT_SEND} they may be two different threads at the same time; without it one thread must do both.
 * The handler may send from inside its callbacks; then the delivering thread is the sending thread. {@link #close()},
 * {@link #state()}, {@link #closeReason()} and the addresses may be used by any thread.
 *
 * <p><b>Hot path.</b> {@link #send}, {@link #flush} and {@link #poll} allocate nothing on the steady path and never throw for an
 * expected outcome.
 */
public interface Connection extends AutoCloseable {
    /**
     * Hands one message over. When it returns, the caller may use the buffer again: whatever the transport still needs, it has
     * copied. Does not block, except that a transport with {@link Guarantee#BLOCKING_SEND} may wait for the peer; then
     * {@link #close()} from another thread ends the wait with {@link SendStatus#CLOSED}.
     *
     * @param buffer holds the message.
     * @param offset where it starts.
     * @param length its length in bytes; 0 is a message too.
     * @return {@link SendStatus#ACCEPTED}, or why nothing at all was taken.
     */
    SendStatus send(DirectBuffer buffer, int offset, int length);

    /**
     * Pushes on what {@link #send} was allowed to hold back ({@link Sends#GATHERED}), or could not write yet. Called by the
     * sending thread whenever it goes idle. Does not wait, except with {@link Guarantee#BLOCKING_SEND}.
     *
     * <p>What callbacks send may be held back like the rest. Where the caller drives, the thread that polls flushes it, when a
     * poll found nothing more; where the transport drives, its threads do, when the callbacks for what has come are done.
     *
     * @return {@link SendStatus#ACCEPTED} if nothing is held back any more; {@link SendStatus#BACK_PRESSURED} if something
     *     still is, and flush should be called again; else why the connection cannot send.
     */
    SendStatus flush();

    /**
     * Looks for messages on this connection and delivers them to its handler; what other connections and timers need waits for
     * {@link Node#poll(int)}. Only for a connection that is driven by the caller; else it returns 0.
     *
     * <p>With {@link Guarantee#BLOCKING_DELIVERY} it waits for a message, up to the transport's read time-out, and a close from
     * another thread ends the wait. It does not wait if a message was there and the handler said {@link Delivery#RETRY}.
     *
     * @param limit how many messages to deliver at the most, at least 1.
     * @return how many were consumed; 0 if there were none, the handler said {@link Delivery#RETRY}, or the connection is not
     *     open.
     */
    int poll(int limit);

    /**
     * How far its life has come.
     *
     * @return the state, which only moves forward.
     */
    ConnectionState state();

    /**
     * Why it closed.
     *
     * @return the reason, or null until {@link #state()} is {@link ConnectionState#CLOSED}.
     */
    @Nullable
    CloseReason closeReason();

    /**
     * Whose threads drive it.
     *
     * @return if {@link Driving#CALLER}, this connection or its node has to be polled.
     */
    Driving driving();

    /**
     * The longest message that {@link #send} takes.
     *
     * @return bytes, the same at both ends and for the whole life.
     */
    int maxMessageBytes();

    /**
     * The peer, as far as this transport can tell; for logs and messages.
     *
     * @return its address, or the address that was connected to.
     */
    Address remoteAddress();

    /**
     * Keeps something of the user's with this connection, for its handler to find without a look-up. Used by one party only:
     * whoever made the handler.
     *
     * @param attachment anything, or null to forget it.
     */
    void attach(@Nullable Object attachment);

    /**
     * What was attached last.
     *
     * @return the attachment, or null.
     */
    @Nullable
    Object attachment();

    /**
     * Closes it. Any thread may do so; a thread that waits in {@link #send} or {@link #poll} is woken. What was accepted and not
     * yet delivered may be lost: have it acknowledged by a message before, where that matters. The handler gets
     * {@link CloseReason#LOCAL}, the peer learns of it within its liveness time. Idempotent.
     */
    @Override
    void close();
}
