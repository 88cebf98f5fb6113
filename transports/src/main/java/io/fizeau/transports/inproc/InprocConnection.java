package io.fizeau.transports.inproc;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** One end of a link. */
final class InprocConnection extends LivingConnection {
    private static final int MESSAGE_TYPE = 1;

    private final InprocNode node;
    private final InprocLink link;
    private final boolean isListening;
    private final OneToOneRingBuffer inbound;
    private final OneToOneRingBuffer outbound;
    private final ConnectionHandler handler;
    private final ControlledMessageHandler onMessage = this::onMessage;
    private final Lifecycle life;
    private final boolean isOwnDriven;
    private volatile boolean isRefused; // by the sending thread
    private boolean isDelivering; // by the delivering thread
    private boolean isRetrying; // by the delivering thread

    InprocConnection(
            final InprocNode node, final InprocLink link, final boolean isListening, final ConnectionHandler handler) {
        super("inproc", link.address(), node.driving(), link.maxMessageBytes());
        this.node = node;
        this.link = link;
        this.isListening = isListening;
        this.inbound = link.inbound(isListening);
        this.outbound = link.outbound(isListening);
        this.handler = handler;
        this.isOwnDriven = node.driving() == Driving.OWN;
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, !isListening);
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.isOpen()) {
            return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
        }
        if (length > maxMessageBytes()) {
            return SendStatus.TOO_LONG;
        }
        if (link.isPeerGone(isListening)) {
            isRefused = true;
            return SendStatus.CLOSED;
        }
        return outbound.write(MESSAGE_TYPE, buffer, offset, length) ? SendStatus.ACCEPTED : SendStatus.BACK_PRESSURED;
    }

    @Override
    public SendStatus flush() {
        return switch (life.state()) {
            case CONNECTING -> SendStatus.NOT_CONNECTED;
            case OPEN -> SendStatus.ACCEPTED;
            case CLOSED -> SendStatus.CLOSED;
        };
    }

    @Override
    public int poll(final int limit) {
        return isOwnDriven || !life.isOpen() ? 0 : receive(limit);
    }

    /** Opens it; by the driving thread. */
    void open() {
        life.open();
    }

    /** Ends it because nobody listens there; by the driving thread. */
    void refuse() {
        life.close(CloseReason.UNREACHABLE);
    }

    int receive(final int limit) {
        // Before the ring is read, so that what the peer sent before it went is still found.
        final boolean isPeerGone = link.isPeerGone(isListening);
        isRetrying = false;
        int messages = 0;
        try {
            messages = inbound.controlledRead(onMessage, limit);
        } catch (final Throwable t) {
            life.fail(t);
        }
        if (isDelivering) {
            isDelivering = false;
            life.leave();
        }
        if (isPeerGone && messages == 0) {
            onPeerGone();
        }
        return messages;
    }

    private void onPeerGone() {
        if (!isRetrying) {
            life.close(CloseReason.PEER_CLOSED);
        } else if (isRefused) {
            // The message waits for an answer that nobody will take.
            life.close(CloseReason.PEER_LOST);
        }
    }

    private ControlledMessageHandler.Action onMessage(
            final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        // With the first message only: a poll that finds nothing touches nothing that is shared.
        if (!isDelivering) {
            if (!life.enter()) {
                return ControlledMessageHandler.Action.ABORT;
            }
            isDelivering = true;
        }
        if (handler.onMessage(this, buffer, offset, length) != Delivery.CONSUMED) {
            isRetrying = true;
            return ControlledMessageHandler.Action.ABORT;
        }
        return life.isOpen() ? ControlledMessageHandler.Action.CONTINUE : ControlledMessageHandler.Action.BREAK;
    }

    private void release() {
        link.leave(isListening);
        node.forget(this);
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
