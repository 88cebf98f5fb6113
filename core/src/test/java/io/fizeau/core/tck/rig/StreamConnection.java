package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.Objects;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a test sees it, and the handler of the one below, which delivers bytes in any pieces: a length goes before each
 * message, and messages are put together again. What the sending thread uses and what the delivering thread uses is apart.
 */
final class StreamConnection implements Connection, ConnectionHandler {
    /** What a message grows by. */
    static final int LENGTH_BYTES = Integer.BYTES;

    private static final int FIRST_BYTES = 256;

    private final ConnectionHandler handler;
    private volatile @Nullable Connection below; // whoever connected, and the first callback: the same value
    private volatile @Nullable Object attachment; // the user
    private UnsafeBuffer out = new UnsafeBuffer(new byte[FIRST_BYTES]); // the sending thread
    private UnsafeBuffer kept = new UnsafeBuffer(new byte[FIRST_BYTES]); // the delivering thread, as the next three
    private int keptBytes;
    private int handled; // how much of a piece that is offered again was handled before
    private int delivered;

    StreamConnection(final ConnectionHandler handler) {
        this.handler = handler;
    }

    void bind(final Connection connection) {
        below = connection;
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        final Connection to = below();
        if (length > maxMessageBytes()) {
            return switch (to.state()) {
                case CONNECTING -> SendStatus.NOT_CONNECTED;
                case OPEN -> SendStatus.TOO_LONG;
                case CLOSED -> SendStatus.CLOSED;
            };
        }
        out = withRoom(out, 0, LENGTH_BYTES + length);
        out.putInt(0, length);
        out.putBytes(LENGTH_BYTES, buffer, offset, length);
        return to.send(out, 0, LENGTH_BYTES + length);
    }

    @Override
    public Delivery onMessage(final Connection from, final DirectBuffer buffer, final int offset, final int length) {
        int at = handled;
        handled = 0;
        while (from.state() != ConnectionState.CLOSED) {
            at += keep(buffer, offset + at, length - at);
            if (keptBytes < wantedBytes()) {
                return Delivery.CONSUMED;
            }
            if (handler.onMessage(this, kept, LENGTH_BYTES, keptBytes - LENGTH_BYTES) == Delivery.RETRY) {
                handled = at;
                return Delivery.RETRY;
            }
            keptBytes = 0;
            delivered++;
        }
        return Delivery.CONSUMED;
    }

    /** Takes as much as belongs to the message that is being put together. */
    private int keep(final DirectBuffer piece, final int offset, final int length) {
        int taken = 0;
        while (taken < length && keptBytes < wantedBytes()) {
            final int count = Math.min(length - taken, wantedBytes() - keptBytes);
            kept = withRoom(kept, keptBytes, keptBytes + count);
            kept.putBytes(keptBytes, piece, offset + taken, count);
            keptBytes += count;
            taken += count;
        }
        return taken;
    }

    private int wantedBytes() {
        if (keptBytes < LENGTH_BYTES) {
            return LENGTH_BYTES;
        }
        final int length = kept.getInt(0);
        if (length < 0 || length > maxMessageBytes()) {
            throw new IllegalStateException("the bytes that came are not the bytes that were sent");
        }
        return LENGTH_BYTES + length;
    }

    private static UnsafeBuffer withRoom(final UnsafeBuffer buffer, final int used, final int wanted) {
        if (buffer.capacity() >= wanted) {
            return buffer;
        }
        final UnsafeBuffer larger = new UnsafeBuffer(new byte[BitUtil.findNextPositivePowerOfTwo(wanted)]);
        larger.putBytes(0, buffer, 0, used);
        return larger;
    }

    @Override
    public void onOpen(final Connection connection) {
        bind(connection);
        handler.onOpen(this);
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        bind(connection);
        handler.onClosed(this, reason);
    }

    @Override
    public SendStatus flush() {
        return below().flush();
    }

    @Override
    public int poll(final int limit) {
        final int before = delivered;
        below().poll(limit);
        return delivered - before;
    }

    @Override
    public ConnectionState state() {
        return below().state();
    }

    @Override
    public @Nullable CloseReason closeReason() {
        return below().closeReason();
    }

    @Override
    public Driving driving() {
        return below().driving();
    }

    @Override
    public int maxMessageBytes() {
        return below().maxMessageBytes() - LENGTH_BYTES;
    }

    @Override
    public Address remoteAddress() {
        return below().remoteAddress();
    }

    @Override
    public void attach(final @Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void close() {
        below().close();
    }

    private Connection below() {
        return Objects.requireNonNull(below, "used before connect returned");
    }
}
