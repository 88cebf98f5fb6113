package io.fizeau.core.layer;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the layer's user sees it, and at the same time the handler of the one below. What the sending thread uses and
 * what the delivering thread uses is apart. Where the transport's own threads deliver and another one may send, callbacks may send
 * while it does, and a lock keeps the two apart, as the transports' own do.
 */
final class TransformConnection implements Connection, ConnectionHandler {
    private static final int LEAST_SCRATCH_BYTES = 256;

    /** What this layer has made of the connection below. */
    private enum Phase {
        OPENING,
        OPEN,
        REJECTED,
        LATE
    }

    private final Wrapping wrapping;
    private final Transform transform;
    private final ConnectionHandler handler;
    private final boolean isConnecting;
    private final Refusals refusals;
    private final @Nullable Exchange exchange;
    private final ReentrantLock lock = new ReentrantLock(); // held while something is encoded and sent, or said
    private final AtomicReference<Phase> phase;

    // Written by whoever connected and by the thread of the first callback, each before it uses it, and with the same
    // value.
    private volatile @Nullable Connection below;
    private volatile @Nullable Object attachment; // the user
    private int maxMessageBytes; // before below, as the next one
    private boolean isLocking;

    private final UnsafeBuffer encoded =
            new UnsafeBuffer(new byte[LEAST_SCRATCH_BYTES]); // the sender, under the lock if there is one

    private final UnsafeBuffer message = new UnsafeBuffer(0, 0); // the delivering thread, as the next five
    private volatile boolean isOpened;
    private Opening.@Nullable Step due;
    private boolean isHeard; // something of the opening, true or not
    private boolean isRetrying;
    private int inPlaceOffset; // where the message lies in what has travelled; below 0 if it lies elsewhere
    private volatile boolean isPolledToOpen; // the thread that polls the node

    TransformConnection(final Wrapping wrapping, final ConnectionHandler handler, final @Nullable Tally tally) {
        this.wrapping = wrapping;
        this.transform = wrapping.source().newTransform(tally == null);
        this.handler = handler;
        this.isConnecting = tally == null;
        this.refusals = new Refusals(wrapping, tally);
        final Opening opening = transform.opening();
        this.exchange = opening == null ? null : new Exchange(opening, wrapping, lock);
        this.isOpened = opening == null;
        this.phase = new AtomicReference<>(opening == null ? Phase.OPEN : Phase.OPENING);
    }

    void bind(final Connection connection) {
        if (below == null) {
            maxMessageBytes =
                    Growth.longestThatFits(wrapping.layer(), wrapping.settings(), connection.maxMessageBytes());
            // Where the transport's own threads run callbacks, these may send while another thread does. Where words
            // may
            // be lost, an exchange may still speak when the connection is open.
            isLocking = wrapping.isSentConcurrently()
                    && (connection.driving() == Driving.OWN || (exchange != null && !wrapping.isReliable()));
            below = connection;
        }
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        final Connection to = below();
        if (!isOpened) {
            return notOpen();
        }
        if (length > maxMessageBytes) {
            return tooLong(to);
        }
        if (!isLocking) {
            return encodeAndSend(to, buffer, offset, length);
        }
        lock.lock();
        try {
            return encodeAndSend(to, buffer, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private SendStatus encodeAndSend(
            final Connection to, final DirectBuffer buffer, final int offset, final int length) {
        final int bound = length + wrapping.layer().worstGrowthBytes(wrapping.settings(), length);
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
        return isOpened ? below().flush() : notOpen();
    }

    @Override
    public int poll(final int limit) {
        // One thread at a time: the node's poll may still be inside the one in which the connection opened.
        return isOpened && !isPolledToOpen ? below().poll(limit) : 0;
    }

    @Override
    public ConnectionState state() {
        final ConnectionState state = below().state();
        return isOpened || state == ConnectionState.CLOSED ? state : ConnectionState.CONNECTING;
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
        if (exchange == null) {
            handler.onOpen(this);
        } else {
            exchange.begin(connection);
            wrapping.watch().add(this);
        }
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        if (due != null && exchange != null) {
            return go(connection, due, exchange.sayIfDue(connection));
        }
        if (isRetrying) {
            // Decoded already, and a transform with state must not see it twice. The transport may have moved it.
            if (inPlaceOffset >= 0) {
                message.wrap(buffer, offset + inPlaceOffset, message.capacity());
            }
            return deliver();
        }
        final Phase now = phase.get();
        if (now == Phase.REJECTED || now == Phase.LATE) {
            return Delivery.CONSUMED;
        }
        switch (transform.decode(buffer, offset, length, message)) {
            case MESSAGE -> {
                inPlaceOffset = placeOf(buffer, offset, length);
                return isOpened || open(connection) ? deliver() : Delivery.CONSUMED;
            }
            case OPENING -> {
                return hear(connection, buffer, offset, length);
            }
            case DROPPED -> refusals.drop(connection, transform.complaint());
            case REJECTED -> reject(connection);
        }
        return Delivery.CONSUMED;
    }

    private Delivery deliver() {
        final Delivery delivery = handler.onMessage(this, message, 0, message.capacity());
        isRetrying = delivery == Delivery.RETRY;
        return delivery;
    }

    private Delivery hear(final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        final Exchange heard = Objects.requireNonNull(exchange, "a transform without an opening answered OPENING");
        final Opening.Step step = heard.hear(buffer, offset, length);
        isHeard = true;
        final boolean isSpeaking = step == Opening.Step.SAY || step == Opening.Step.SAY_AND_OPEN;
        return go(connection, step, !isSpeaking || heard.say(connection));
    }

    private Delivery go(final Connection connection, final Opening.Step step, final boolean isSaid) {
        due = isSaid ? null : step;
        if (!isSaid) {
            return Delivery.RETRY;
        }
        switch (step) {
            case OPEN, SAY_AND_OPEN -> open(connection);
            case DROP -> refusals.drop(connection, transform.complaint());
            case REJECT -> reject(connection);
            case SAY, IGNORE -> {}
        }
        return Delivery.CONSUMED;
    }

    private boolean open(final Connection connection) {
        if (!phase.compareAndSet(Phase.OPENING, Phase.OPEN)) {
            return false;
        }
        isOpened = true;
        handler.onOpen(this);
        return connection.state() == ConnectionState.OPEN;
    }

    /**
     * Whether there is nothing to mind any more: says again what may be lost, and ends the connection if it takes too long to open.
     *
     * @param nowNs the time.
     * @param isPolling whether the thread that polls the node asks: only that one speaks where the caller drives.
     */
    boolean isSettled(final long nowNs, final boolean isPolling) {
        final Connection to = below();
        if (exchange == null || phase.get() != Phase.OPENING || to.state() == ConnectionState.CLOSED) {
            return true;
        }
        if (!exchange.isLate(nowNs)) {
            if (isPolling == (to.driving() == Driving.CALLER)) {
                exchange.remind(to, nowNs);
            }
            return false;
        }
        if (phase.compareAndSet(Phase.OPENING, Phase.LATE)) {
            refusals.refuse(to, "the opening exchange was not finished within " + exchange.timeoutMs() + " ms");
        }
        return true;
    }

    /**
     * Polls the connection below for what opens it, where nobody else does. By the thread that polls the node.
     *
     * @return how much was done.
     */
    int pollToOpen() {
        final Connection to = below();
        if (to.driving() == Driving.OWN) {
            return 0;
        }
        isPolledToOpen = true;
        final int work = isOpened ? 0 : to.poll(1);
        isPolledToOpen = false;
        return work;
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        bind(connection);
        if (!isOpened && (reason == CloseReason.PEER_CLOSED || reason == CloseReason.PEER_LOST)) {
            cutShort(connection);
        }
        if (isOpened || isConnecting) { // else nobody has met it
            handler.onClosed(this, translate(reason));
        }
    }

    /** The peer has left during the opening exchange. One that has said nothing yet may have been there for another reason. */
    private void cutShort(final Connection connection) {
        if (isConnecting || (isHeard && phase.compareAndSet(Phase.OPENING, Phase.REJECTED))) {
            refusals.noteCutShort(connection);
        }
    }

    private void reject(final Connection connection) {
        phase.set(Phase.REJECTED);
        refusals.refuse(connection, transform.complaint());
    }

    private int placeOf(final DirectBuffer buffer, final int offset, final int length) {
        if (message.byteArray() != buffer.byteArray()) {
            return -1;
        }
        final long place = message.addressOffset() - buffer.addressOffset() - offset;
        return place >= 0 && place + message.capacity() <= length ? (int) place : -1;
    }

    private CloseReason translate(final CloseReason reason) {
        final Phase last = phase.get();
        if (reason != CloseReason.LOCAL || last == Phase.OPEN || last == Phase.OPENING) {
            return reason;
        }
        return last == Phase.LATE && isConnecting ? CloseReason.UNREACHABLE : CloseReason.PROTOCOL_ERROR;
    }

    private SendStatus notOpen() {
        return below().state() == ConnectionState.CLOSED ? SendStatus.CLOSED : SendStatus.NOT_CONNECTED;
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
