package io.fizeau.transports.framing;

import io.fizeau.transports.loop.Lifecycle;

/**
 * Takes the messages of one connection out of what has come, and hands them to its handler in place. Not thread-safe: it belongs
 * to the thread that delivers.
 */
public interface MessageReader {
    /** Why a delivery ended. */
    enum Outcome {
        /** The next message has not come in full. */
        INCOMPLETE,
        /** As many messages were delivered as were asked for; there may be more. */
        LIMIT,
        /** The handler wants the same message again. It is still there, as is what came after it. */
        RETRY,
        /** What has come is not of this protocol. */
        GARBAGE,
        /** The connection was closed, by the handler or by another thread. */
        CLOSED
    }

    /**
     * Whether the peer has to say something before the connection opens.
     *
     * @return true until {@link #introduce} has found it; false from the start if nothing is expected.
     */
    boolean awaitsIntroduction();

    /**
     * Looks for what the peer has to say first. If it is {@link Framing.Introduction#VALID}, it is taken out of the buffer.
     *
     * @param in what has come so far.
     * @return what was found.
     */
    Framing.Introduction introduce(ReceiveBuffer in);

    /**
     * Delivers the messages that are complete, until one of {@link Outcome} stops it. What the handler throws passes through, and
     * then the connection must be closed. Between {@link Lifecycle#enter()} and {@link Lifecycle#leave()} only.
     *
     * @param in what has come; what was consumed is taken out.
     * @param limit how many messages at the most.
     * @return how many were consumed.
     */
    int deliver(ReceiveBuffer in, int limit);

    /**
     * Why the last delivery ended.
     *
     * @return the outcome.
     */
    Outcome outcome();

    /**
     * How many bytes have to be in one piece before something can be delivered, as far as is known.
     *
     * @param in what has come, in which {@link #deliver} has found no garbage.
     * @return a number of bytes, more than wait in {@code in} unless a message does; bounded by the longest message.
     */
    int wantedBytes(ReceiveBuffer in);

    /**
     * Whether a peer that says no more may still be listening, so that what it has coming is sent before the connection closes.
     *
     * @return false unless overridden.
     */
    default boolean answersAfterTheEnd() {
        return false;
    }
}
