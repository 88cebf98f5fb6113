package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.transports.loop.Lifecycle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the messages of one connection out of what has come, and hands them to its handler in place. Not thread-safe: it belongs
 * to the thread that delivers.
 */
public final class FrameReader {
    /** Why a delivery ended. */
    public enum Outcome {
        /** The next message has not come in full. */
        INCOMPLETE,
        /** As many messages were delivered as were asked for; there may be more. */
        LIMIT,
        /** The handler wants the same message again. It is still there, as is what came after it. */
        RETRY,
        /** The next length is negative or beyond the limit: the peer does not speak this protocol. */
        GARBAGE,
        /** The connection was closed, by the handler or by another thread. */
        CLOSED
    }

    private final Connection connection;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final int maxMessageBytes;
    private Outcome outcome = Outcome.INCOMPLETE;

    /**
     * Creates a reader.
     *
     * @param connection what the handler is called with.
     * @param handler gets the messages.
     * @param life tells whether the connection still is open.
     * @param maxMessageBytes the longest message to believe in.
     */
    public FrameReader(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final int maxMessageBytes) {
        this.connection = connection;
        this.handler = handler;
        this.life = life;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Delivers the messages that are complete, until one of {@link Outcome} stops it. What the handler throws passes through, and
     * then the connection must be closed. Between {@link Lifecycle#enter()} and {@link Lifecycle#leave()} only.
     *
     * @param in what has come, starting with a length; what was consumed is taken out.
     * @param limit how many messages at the most.
     * @return how many were consumed.
     */
    public int deliver(final ReceiveBuffer in, final int limit) {
        final UnsafeBuffer buffer = in.view();
        final int end = in.position() + in.available();
        int position = in.position();
        int delivered = 0;
        Outcome ending = Outcome.LIMIT;
        while (delivered < limit) {
            final int bodyBytes = end - position - Framing.HEADER_BYTES;
            if (bodyBytes < 0) {
                ending = Outcome.INCOMPLETE;
                break;
            }
            final int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
            if (length > bodyBytes || length < 0 || length > maxMessageBytes) {
                ending = length < 0 || length > maxMessageBytes ? Outcome.GARBAGE : Outcome.INCOMPLETE;
                break;
            }
            final int offset = position + Framing.HEADER_BYTES;
            if (handler.onMessage(connection, buffer, offset, length) != Delivery.CONSUMED) {
                ending = Outcome.RETRY;
                break;
            }
            position = offset + length;
            delivered++;
            if (!life.isOpen()) {
                ending = Outcome.CLOSED;
                break;
            }
        }
        in.position(position);
        outcome = ending;
        return delivered;
    }

    /**
     * Why the last delivery ended.
     *
     * @return the outcome.
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * How long the first frame that waits is, header included, as far as is known.
     *
     * @param in what has come, starting with a length that {@link #deliver} has not found to be garbage.
     * @return its length in bytes; that of a header while not even that is complete.
     */
    public static int frameBytes(final ReceiveBuffer in) {
        return in.available() < Framing.HEADER_BYTES
                ? Framing.HEADER_BYTES
                : Framing.HEADER_BYTES + in.view().getInt(in.position(), ByteOrder.LITTLE_ENDIAN);
    }
}
