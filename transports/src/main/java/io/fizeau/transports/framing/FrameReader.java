package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.transports.loop.Lifecycle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads messages that have their lengths before them, after an introduction. Not thread-safe: it belongs to the thread that delivers. */
public final class FrameReader implements MessageReader {
    private static final byte[] NOTHING = {};

    private final Connection connection;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final int maxMessageBytes;
    private final byte[] expected;
    private boolean awaitsIntroduction;
    private Outcome outcome = Outcome.INCOMPLETE;

    /**
     * Creates a reader that expects no introduction.
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
        this(connection, handler, life, maxMessageBytes, NOTHING);
    }

    /**
     * Creates a reader.
     *
     * @param connection what the handler is called with.
     * @param handler gets the messages.
     * @param life tells whether the connection still is open.
     * @param maxMessageBytes the longest message to believe in.
     * @param expected the introduction that the peer has to send; empty for none.
     */
    FrameReader(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final int maxMessageBytes,
            final byte[] expected) {
        this.connection = connection;
        this.handler = handler;
        this.life = life;
        this.maxMessageBytes = maxMessageBytes;
        this.expected = expected;
        this.awaitsIntroduction = expected.length > 0;
    }

    @Override
    public boolean awaitsIntroduction() {
        return awaitsIntroduction;
    }

    @Override
    public Framing.Introduction introduce(final ReceiveBuffer in) {
        final Framing.Introduction found = Framing.check(in, expected);
        if (found == Framing.Introduction.VALID) {
            awaitsIntroduction = false;
        }
        return found;
    }

    @Override
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

    @Override
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

    @Override
    public int wantedBytes(final ReceiveBuffer in) {
        return awaitsIntroduction ? expected.length : frameBytes(in);
    }
}
