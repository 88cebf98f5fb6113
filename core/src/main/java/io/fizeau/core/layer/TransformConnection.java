package io.fizeau.core.layer;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the layer's user sees it, and at the same time the handler of the one below. What the sending thread uses and
 * what the delivering thread uses is apart.
 */
final class TransformConnection implements Connection, ConnectionHandler {
    private static final int LEAST_SCRATCH_BYTES = 256;

    private final TransformLayer layer;
    private final Settings settings;
    private final Transform transform;
    private final ConnectionHandler handler;
    private final @Nullable AtomicLong rejected;

    // Written by whoever connected and by the thread of the first callback, each before it uses it, and with the same
    // value.
    private @Nullable Connection below;
    private volatile @Nullable Object attachment; // the user
    private volatile boolean isRejecting; // the delivering thread
    private int maxMessageBytes; // as below

    private final UnsafeBuffer encoded = new UnsafeBuffer(new byte[LEAST_SCRATCH_BYTES]); // the sending thread

    private final UnsafeBuffer message = new UnsafeBuffer(0, 0); // the delivering thread, as the next two
    private boolean isRetrying;
    private int inPlaceOffset; // where the message lies in what has travelled; below 0 if it lies elsewhere

    TransformConnection(
            final TransformLayer layer,
            final Settings settings,
            final ConnectionHandler handler,
            final @Nullable AtomicLong rejected) {
        this.layer = layer;
        this.settings = settings;
        this.transform = layer.newTransform(settings);
        this.handler = handler;
        this.rejected = rejected;
    }

    void bind(final Connection connection) {
        if (below == null) {
            maxMessageBytes = Growth.longestThatFits(layer, settings, connection.maxMessageBytes());
            below = connection;
        }
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        final Connection to = below();
        if (length > maxMessageBytes) {
            return tooLong(to);
        }
        final int bound = length + layer.worstGrowthBytes(settings, length);
        if (encoded.capacity() < bound) {
            encoded.wrap(new byte[BitUtil.findNextPositivePowerOfTwo(bound)]);
        }
        final SendStatus status = to.send(encoded, 0, transform.encode(buffer, offset, length, encoded));
        if (status == SendStatus.ACCEPTED) {
            transform.onAccepted();
        }
        return status;
    }

    @Override
    public SendStatus flush() {
        return below().flush();
    }

    @Override
    public int poll(final int limit) {
        return below().poll(limit);
    }

    @Override
    public ConnectionState state() {
        return below().state();
    }

    @Override
    public @Nullable CloseReason closeReason() {
        final CloseReason reason = below().closeReason();
        return reason == null ? null : translate(reason);
    }

    @Override
    public Driving driving() {
        return below().driving();
    }

    @Override
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public Address remoteAddress() {
        return below().remoteAddress();
    }

    @Override
    public void attach(final @Nullable Object user) {
        attachment = user;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void close() {
        below().close();
    }

    @Override
    public void onOpen(final Connection connection) {
        bind(connection);
        handler.onOpen(this);
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        if (isRejecting) {
            return Delivery.CONSUMED;
        }
        if (isRetrying) {
            // Decoded already, and a transform with state must not see it twice. The transport may have moved it.
            if (inPlaceOffset >= 0) {
                message.wrap(buffer, offset + inPlaceOffset, message.capacity());
            }
        } else if (transform.decode(buffer, offset, length, message)) {
            inPlaceOffset = placeOf(buffer, offset, length);
        } else {
            return reject(connection);
        }
        final Delivery delivery = handler.onMessage(this, message, 0, message.capacity());
        isRetrying = delivery == Delivery.RETRY;
        return delivery;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        bind(connection);
        handler.onClosed(this, translate(reason));
    }

    private Delivery reject(final Connection connection) {
        isRejecting = true;
        if (rejected != null) {
            rejected.incrementAndGet();
        }
        connection.close();
        return Delivery.CONSUMED;
    }

    private int placeOf(final DirectBuffer buffer, final int offset, final int length) {
        if (message.byteArray() != buffer.byteArray()) {
            return -1;
        }
        final long place = message.addressOffset() - buffer.addressOffset() - offset;
        return place >= 0 && place + message.capacity() <= length ? (int) place : -1;
    }

    private CloseReason translate(final CloseReason reason) {
        return isRejecting && reason == CloseReason.LOCAL ? CloseReason.PROTOCOL_ERROR : reason;
    }

    private static SendStatus tooLong(final Connection to) {
        return switch (to.state()) {
            case CONNECTING -> SendStatus.NOT_CONNECTED;
            case OPEN -> SendStatus.TOO_LONG;
            case CLOSED -> SendStatus.CLOSED;
        };
    }

    private Connection below() {
        return Objects.requireNonNull(below, "used before connect returned");
    }
}
