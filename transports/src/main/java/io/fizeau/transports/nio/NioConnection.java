package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.StreamFraming;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a node: its way from the connect over the handshake to the messages, and its turns. The fields without
 * {@code volatile} belong to the driving thread, the sender to the sending one.
 */
final class NioConnection extends LivingConnection implements Selected {
    private final NioNode node;
    private final SocketChannel socket;
    private final ConnectionChannel channel;
    private final @Nullable NioListener listener;
    private final Lifecycle life;
    private final NioSender sender;
    private final NioReceiver receiver;
    private final long deadlineNs;
    private final boolean isOwnDriven;
    private final boolean flushesCallbacks;
    private final AtomicBoolean isRefused = new AtomicBoolean();
    private @Nullable SelectionKey key; // written once, by the thread that made it
    private boolean isConnected;
    private boolean isShakenHands;
    private boolean isReadingOff;
    private boolean isQueued;
    private boolean isNamed;
    private boolean isFlushDue;

    NioConnection(
            final NioNode node,
            final SocketChannel socket,
            final ConnectionChannel channel,
            final Address remote,
            final ConnectionHandler handler,
            final @Nullable NioListener listener) {
        super(
                node.stack().transport(),
                remote,
                node.stack().driving(),
                node.stack().maxMessageBytes());
        final NioStack stack = node.stack();
        this.node = node;
        this.socket = socket;
        this.channel = channel;
        this.listener = listener;
        this.isConnected = listener != null;
        this.isOwnDriven = stack.driving() == Driving.OWN;
        this.flushesCallbacks = isOwnDriven && stack.gathersBytes() > 0;
        this.deadlineNs = System.nanoTime() + stack.openTimeoutNs();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, listener == null);
        final StreamFraming.Halves halves = stack.framing().halves(this, handler, life, listener != null);
        this.sender = new NioSender(channel, halves.writer(), life, stack, this::onStalled, this::refuse);
        this.receiver = new NioReceiver(this, channel, halves.reader(), life, sender, node.sharedBuffer());
    }

    void registered(final SelectionKey selectionKey) {
        key = selectionKey;
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (flushesCallbacks && node.isDrivenByThisThread()) {
            isFlushDue = true;
        }
        return sender.send(buffer, offset, length);
    }

    @Override
    public SendStatus flush() {
        return sender.flush();
    }

    @Override
    public int poll(final int limit) {
        if (isOwnDriven || !life.isOpen()) {
            return 0;
        }
        if (node.stack().waiting() == Wait.READ) {
            return work(limit);
        }
        if (receiver.isRetrying() || !(isNamed || hasWork())) {
            // On RETRY too, so that a node that sleeps does so between two attempts.
            node.select();
        }
        if (isQueued) {
            // Its turn is now; left in the queue it would keep the node from sleeping.
            node.unqueue(this);
        }
        final int messages = isNamed || hasWork() ? work(limit) : 0;
        queueAgain();
        return messages;
    }

    /** Whether something can be done that no selector names. */
    private boolean hasWork() {
        return receiver.hasUndelivered() || channel.hasInput();
    }

    @Override
    public int serve(final int limit) {
        if (life.isClosed()) {
            return 1;
        }
        if (!isShakenHands) {
            return shakeHands();
        }
        final int messages = work(limit);
        queueAgain();
        return messages == 0 && life.isClosed() ? 1 : messages;
    }

    /**
     * Pushes on what could not be written, reads once, and delivers.
     *
     * @param limit how many messages to deliver at the most.
     * @return how many were consumed.
     */
    int work(final int limit) {
        isNamed = false;
        if (sender.isStalled()) {
            sender.pushOn();
        }
        final int messages = receiver.work(limit);
        if (sender.isDue()) {
            sender.writeDue();
        }
        return messages;
    }

    /** Lets the framing look at the clock. */
    void tick(final long nowNs) {
        sender.tick(nowNs);
        if (sender.isDue()) {
            sender.writeDue();
        }
    }

    private int shakeHands() {
        isNamed = false;
        try {
            if (!isConnected && !finishConnecting()) {
                return life.isClosed() ? 1 : 0;
            }
            if (!channel.handshake()) {
                setInterest(SelectionKey.OP_WRITE, channel.wantsWrite());
                if (channel.hasInput()) {
                    node.queue(this, false);
                }
                return 0;
            }
        } catch (final PeerRefusedException e) {
            refuse(e);
            return 1;
        } catch (final IOException e) {
            life.close(isConnected ? CloseReason.PEER_LOST : CloseReason.UNREACHABLE);
            return 1;
        } catch (final OutOfMemoryError e) {
            failForMemory(e);
            return 1;
        }
        isShakenHands = true;
        setInterest(SelectionKey.OP_WRITE, false);
        sender.writeDue();
        if (receiver.awaitsIntroduction() || open()) {
            // Its first bytes may have come already, and the channel may hold them.
            node.queue(this, false);
        }
        return 1;
    }

    private boolean finishConnecting() throws IOException {
        if (!socket.finishConnect()) {
            return false;
        }
        if (node.stack().family().metNobody(socket)) {
            life.close(CloseReason.UNREACHABLE);
            return false;
        }
        isConnected = true;
        setInterest(SelectionKey.OP_CONNECT, false);
        setInterest(SelectionKey.OP_READ, true);
        return true;
    }

    /**
     * Opens it: from now on messages flow.
     *
     * @return true if it is open.
     */
    boolean open() {
        node.opened(this);
        life.open();
        flushCallbacks();
        return life.isOpen();
    }

    /** Nobody else knows when the callbacks of a node with a thread of its own are done. */
    void flushCallbacks() {
        if (isFlushDue) {
            isFlushDue = false;
            sender.flush();
        }
    }

    /** Closes it because the peer does not speak this protocol or is not to be trusted, and says so once. By any thread. */
    void refuse(final PeerRefusedException refusal) {
        if (!life.isClosed() && isRefused.compareAndSet(false, true)) {
            node.context()
                    .errors()
                    .onError(new TransportException(
                            listener == null ? TransportException.NextStep.FAIL_RUN : TransportException.NextStep.GO_ON,
                            node.stack().transport() + " refused " + peerName() + ": " + refusal.getMessage(),
                            refusal));
            life.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** Closes it because there is no memory for what its peer sends, and says so. */
    void failForMemory(final OutOfMemoryError e) {
        life.fail(SocketErrors.noMemory(node.stack().transport(), peerName(), e));
    }

    private String peerName() {
        if (listener == null) {
            return remoteAddress().text();
        }
        final Address place = listener.address();
        // Peers without an address of their own go by where they came in.
        return (remoteAddress().equals(place) ? "a peer" : remoteAddress().text()) + " at " + place.text();
    }

    /**
     * Ends a connection that takes too long to open.
     *
     * @param nowNs the time.
     * @return true if it is not opening any more.
     */
    boolean expire(final long nowNs) {
        if (life.state() != ConnectionState.CONNECTING) {
            return true;
        }
        if (nowNs - deadlineNs < 0) {
            return false;
        }
        if (!isConnected) {
            life.close(CloseReason.UNREACHABLE);
        } else if (!isShakenHands) {
            refuse(PeerRefusedException.ofSilence(false, node.stack().openTimeoutNs()));
        } else if (listener == null) {
            life.close(CloseReason.UNREACHABLE);
        } else {
            refuse(PeerRefusedException.ofSilence(true, node.stack().openTimeoutNs()));
        }
        return true;
    }

    boolean isConnecting() {
        return listener == null && life.state() == ConnectionState.CONNECTING;
    }

    /** Waits for another turn if messages wait, and lets the selector look for more only if none has to be offered again. */
    private void queueAgain() {
        if (receiver.isReadingOff() != isReadingOff) {
            isReadingOff = receiver.isReadingOff();
            setInterest(SelectionKey.OP_READ, !isReadingOff);
        }
        if (hasWork() && life.isOpen()) {
            node.queue(this, receiver.isRetrying());
        }
    }

    private void onStalled(final boolean isStalled) {
        setInterest(SelectionKey.OP_WRITE, isStalled);
        if (isStalled && isOwnDriven) {
            node.wakeup();
        }
    }

    private void setInterest(final int operation, final boolean isOn) {
        final SelectionKey registered = key;
        if (registered == null) {
            return;
        }
        try {
            if (isOn) {
                registered.interestOpsOr(operation);
            } else {
                registered.interestOpsAnd(~operation);
            }
        } catch (final CancelledKeyException e) {
            // Closed by another thread meanwhile: the selector has forgotten it.
            isNamed = false;
        }
    }

    private void release() {
        if (listener != null && life.closeReason() == CloseReason.PROTOCOL_ERROR) {
            // Before the peer can see its end, so that whoever sees it finds it counted.
            listener.onRejected();
        }
        try {
            channel.close();
        } catch (final IOException e) {
            node.context()
                    .errors()
                    .onError(SocketErrors.failed(
                            "close a connection to " + remoteAddress().text(), e));
        }
        node.forget(this);
    }

    @Override
    public boolean enqueue() {
        final boolean wasQueued = isQueued;
        isQueued = true;
        return !wasQueued;
    }

    @Override
    public void dequeued() {
        isQueued = false;
    }

    void named() {
        isNamed = true;
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
