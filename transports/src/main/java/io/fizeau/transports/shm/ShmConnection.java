package io.fizeau.transports.shm;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.jspecify.annotations.Nullable;

/** One end of a connection's rings. One thread may send while another delivers; they share nothing but the life. */
final class ShmConnection extends LivingConnection {
    private final ShmNode node;
    private final LocalPath remote;
    private final Rings rings;
    private final Use sending;
    private final Use delivering;
    private final OneToOneRingBuffer outbound;
    private final RingReader inbound;
    private final @Nullable ProcessWatch peer;
    private final @Nullable ShmListener listener;
    private final @Nullable Request request;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final boolean isOwnDriven;
    private final long deadlineNs;
    private volatile boolean isPeerDead; // by the driving thread
    private volatile boolean isRefused; // by the sending thread
    private boolean isRetrying; // by the delivering thread

    /**
     * Creates an end.
     *
     * @param node whose it is.
     * @param rings belong to it.
     * @param peer watches the other end's process; null if there is none. The node is told when it is not needed any more.
     * @param remote the listener's address.
     * @param handler the user's.
     * @param listener which has accepted it; null at the connecting end.
     * @param request what it has asked for; null at the listening end.
     */
    ShmConnection(
            final ShmNode node,
            final Rings rings,
            final @Nullable ProcessWatch peer,
            final LocalPath remote,
            final ConnectionHandler handler,
            final @Nullable ShmListener listener,
            final @Nullable Request request) {
        super("shm", remote, node.driving(), node.maxMessageBytes());
        this.node = node;
        this.remote = remote;
        this.rings = rings;
        this.sending = rings.sending;
        this.delivering = rings.delivering;
        this.outbound = rings.outbound;
        this.inbound = rings.inbound;
        this.peer = peer;
        this.listener = listener;
        this.request = request;
        this.handler = handler;
        this.isOwnDriven = node.driving() == Driving.OWN;
        this.deadlineNs = System.nanoTime() + node.connectTimeoutNs();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, listener == null);
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (length > maxMessageBytes()) {
            return life.isOpen() ? SendStatus.TOO_LONG : notOpen();
        }
        sending.enter();
        try {
            if (!life.isOpen()) {
                return notOpen();
            }
            if (isPeerDead || rings.peerWord() == Rings.GONE) {
                isRefused = true;
                return SendStatus.CLOSED;
            }
            return outbound.write(RingReader.MESSAGE_TYPE, buffer, offset, length)
                    ? SendStatus.ACCEPTED
                    : SendStatus.BACK_PRESSURED;
        } finally {
            sending.leave();
        }
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    @Override
    public SendStatus flush() {
        return life.isOpen() ? SendStatus.ACCEPTED : notOpen();
    }

    @Override
    public int poll(final int limit) {
        return isOwnDriven ? 0 : receive(limit);
    }

    /**
     * Delivers. By the delivering thread.
     *
     * @param limit how many messages at the most.
     * @return how many were consumed.
     */
    int receive(final int limit) {
        delivering.enter();
        try {
            if (!life.isOpen()) {
                return 0;
            }
            int messages = deliver(limit);
            if (messages == 0 && (isPeerDead || rings.peerWord() == Rings.GONE)) {
                // What it sent before it went is there by now.
                messages = deliver(limit);
                if (messages == 0) {
                    onPeerGone();
                }
            }
            return messages;
        } finally {
            delivering.leave();
        }
    }

    private int deliver(final int limit) {
        int offset = inbound.next();
        if (offset < 0 || !life.enter()) {
            if (offset == RingReader.BROKEN) {
                reject("what its peer has written is no message");
            }
            return 0;
        }
        isRetrying = false;
        int messages = 0;
        try {
            while (offset >= 0) {
                if (handler.onMessage(this, inbound.buffer(), offset, inbound.length()) != Delivery.CONSUMED) {
                    isRetrying = true;
                    break;
                }
                inbound.advance();
                messages++;
                if (messages == limit || !life.isOpen()) {
                    break;
                }
                offset = inbound.next();
            }
        } catch (final Throwable t) {
            life.fail(t);
        }
        inbound.publish();
        life.leave();
        if (offset == RingReader.BROKEN) {
            reject("what its peer has written is no message");
        }
        return messages;
    }

    private void onPeerGone() {
        if (!isRetrying) {
            life.close(isPeerDead ? CloseReason.PEER_LOST : CloseReason.PEER_CLOSED);
        } else if (isRefused) {
            // The message waits for an answer that nobody will take.
            life.close(CloseReason.PEER_LOST);
        }
    }

    /** A process is dead, maybe the peer's. By the driving thread. */
    void onProcessDied(final ProcessWatch process) {
        if (process == peer) {
            isPeerDead = true;
        }
    }

    private void reject(final String why) {
        if (life.close(CloseReason.PROTOCOL_ERROR)) {
            if (listener == null) {
                node.report("closed a connection to " + remote.text() + ": " + why);
            } else {
                node.reportRefused("a connection", listener.address(), why);
            }
        }
    }

    /** Opens an accepted one, unless another thread has closed it already. By the driving thread. */
    void accept() {
        delivering.enter();
        try {
            if (!life.isClosed()) {
                rings.accept();
                life.open();
            }
        } finally {
            delivering.leave();
        }
    }

    /**
     * Opens it, or closes it, when the listening end has answered or the time is over. By the driving thread.
     *
     * @return true if it is not opening any more.
     */
    boolean finishOpening() {
        delivering.enter();
        try {
            if (life.state() != ConnectionState.CONNECTING) {
                return true;
            }
            final int answer = rings.peerWord();
            if (answer == Rings.ACCEPTED) {
                withdraw();
                life.open();
            } else if (answer == Rings.GONE || isPeerDead || System.nanoTime() - deadlineNs >= 0) {
                life.close(CloseReason.UNREACHABLE);
            } else {
                return false;
            }
            return true;
        } finally {
            delivering.leave();
        }
    }

    private void withdraw() {
        if (request != null) {
            request.withdraw();
        }
    }

    private void release() {
        if (listener != null && closeReason() == CloseReason.PROTOCOL_ERROR) {
            listener.onRejected();
        }
        withdraw();
        rings.say(Rings.GONE);
        if (peer != null) {
            node.unwatch(peer);
        }
        node.forget(this);
        node.unmap(rings::tryFree);
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
