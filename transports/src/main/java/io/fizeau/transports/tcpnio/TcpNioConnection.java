package io.fizeau.transports.tcpnio;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameReader;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of a node: reads into the node's buffer, keeps only what is left over, and delivers in place. The fields
 * without {@code volatile} belong to the driving thread, the sender to the sending one.
 */
final class TcpNioConnection implements Connection, Selected {
    /** A part of a frame up to this long is copied in front of the next read; a longer one is completed where it is. */
    private static final int COPIED_BYTES = 1024;

    private final TcpNioNode node;
    private final SocketChannel channel;
    private final HostPort remote;
    private final @Nullable TcpNioListener listener;
    private final Lifecycle life;
    private final FrameReader reader;
    private final TcpNioSender sender;
    private final ReceiveBuffer shared;
    private final ReceiveBuffer own = ReceiveBuffer.direct(0);
    private final long deadlineNs;
    private final boolean isOwnDriven;
    private final boolean flushesCallbacks;
    private @Nullable SelectionKey key; // written once, by the thread that made it
    private boolean awaitsIntroduction;
    private boolean hasUndelivered;
    private boolean isRetrying;
    private boolean isReadingOff;
    private boolean isQueued;
    private boolean isNamed;
    private boolean isFlushDue;
    private @Nullable Object attachment; // by the user

    TcpNioConnection(
            final TcpNioNode node,
            final SocketChannel channel,
            final HostPort remote,
            final ConnectionHandler handler,
            final @Nullable TcpNioListener listener) {
        this.node = node;
        this.channel = channel;
        this.remote = remote;
        this.listener = listener;
        this.shared = node.sharedBuffer();
        this.isOwnDriven = node.driving() == Driving.OWN;
        this.flushesCallbacks = isOwnDriven && node.options().gathersBytes() > 0;
        this.awaitsIntroduction = listener != null;
        this.deadlineNs = System.nanoTime() + node.options().connectTimeoutNs();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, listener == null);
        this.reader = new FrameReader(this, handler, life, node.options().maxMessageBytes());
        this.sender = new TcpNioSender(channel, life, node.options(), isOwnDriven, this::onStalled);
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
        if (node.readsDirectly()) {
            return work(limit);
        }
        if (isRetrying || (!hasUndelivered && !isNamed)) {
            // On RETRY too, so that a node that sleeps does so between two attempts.
            node.select();
        }
        if (isQueued) {
            // Its turn is now; left in the queue it would keep the node from sleeping.
            node.unqueue(this);
        }
        final int messages = isNamed || hasUndelivered ? work(limit) : 0;
        queueAgain();
        return messages;
    }

    @Override
    public int serve(final int limit) {
        if (life.state() == ConnectionState.CONNECTING && listener == null) {
            return finishConnecting();
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
        if (hasUndelivered) {
            final int messages = deliver(own, limit);
            if (messages > 0 || hasUndelivered) {
                return messages;
            }
        }
        return life.isClosed() ? 0 : receive(limit);
    }

    private int receive(final int limit) {
        final int left = own.available();
        final ReceiveBuffer in;
        if (left == 0) {
            in = shared;
            in.clear();
        } else {
            final int frameBytes = awaitsIntroduction ? Framing.INTRODUCTION_BYTES : FrameReader.frameBytes(own);
            if (left <= COPIED_BYTES && frameBytes <= shared.capacity()) {
                in = shared;
                in.clearBehind(left);
            } else {
                in = own;
                in.makeRoom(frameBytes - left);
            }
        }
        final int count;
        try {
            count = channel.read(in.room());
        } catch (final IOException e) {
            life.close(CloseReason.PEER_LOST);
            return 0;
        }
        if (count <= 0) {
            if (count < 0) {
                onEndOfStream();
            }
            return 0;
        }
        in.filled(count);
        if (in == shared && left > 0) {
            in.fillFront(own);
        }
        if (awaitsIntroduction && !introduced(in)) {
            return 0;
        }
        return deliver(in, limit);
    }

    private int deliver(final ReceiveBuffer in, final int limit) {
        hasUndelivered = false;
        isRetrying = false;
        if (!life.enter()) {
            return 0;
        }
        int messages = 0;
        try {
            messages = reader.deliver(in, limit);
        } catch (final Throwable t) {
            life.fail(t);
        }
        life.leave();
        if (life.isOpen()) {
            flushCallbacks();
            afterDelivery(in);
        }
        return messages;
    }

    /** Nobody else knows when the callbacks of a node with a thread of its own are done. */
    private void flushCallbacks() {
        if (isFlushDue) {
            isFlushDue = false;
            sender.flush();
        }
    }

    private void afterDelivery(final ReceiveBuffer in) {
        final FrameReader.Outcome outcome = reader.outcome();
        if (outcome == FrameReader.Outcome.GARBAGE) {
            reject();
            return;
        }
        if (outcome == FrameReader.Outcome.RETRY) {
            if (sender.isBroken()) {
                // Nothing can be answered any more, and as long as this message waits nobody reads the end of the
                // stream.
                life.close(CloseReason.PEER_LOST);
                return;
            }
            isRetrying = true;
        }
        final int left = in.available();
        hasUndelivered = isRetrying || (outcome == FrameReader.Outcome.LIMIT && left > 0);
        if (left > 0 && in == shared) {
            keep(left);
        }
    }

    /** Empties the shared buffer, which the next connection will use. */
    private void keep(final int left) {
        if (!hasUndelivered && left > COPIED_BYTES) {
            own.makeRoom(FrameReader.frameBytes(shared));
        }
        own.take(shared);
    }

    private boolean introduced(final ReceiveBuffer in) {
        switch (Framing.check(in, node.introduction())) {
            case VALID -> {
                awaitsIntroduction = false;
                node.opened(this);
                life.open();
                flushCallbacks();
                return life.isOpen();
            }
            case INCOMPLETE -> own.take(in);
            case WRONG -> reject();
        }
        return false;
    }

    /** Closes it because the peer does not speak this protocol. */
    void reject() {
        life.close(CloseReason.PROTOCOL_ERROR);
    }

    private void onEndOfStream() {
        final boolean isWhole = own.available() == 0 && !sender.wasReset();
        life.close(isWhole ? CloseReason.PEER_CLOSED : CloseReason.PEER_LOST);
    }

    private int finishConnecting() {
        try {
            if (!channel.finishConnect()) {
                return 0;
            }
            if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
                // A connect to a free local port from that very port meets itself: nobody listens there.
                life.close(CloseReason.UNREACHABLE);
                return 1;
            }
        } catch (final IOException e) {
            life.close(CloseReason.UNREACHABLE);
            return 1;
        }
        setInterest(SelectionKey.OP_CONNECT, false);
        setInterest(SelectionKey.OP_READ, true);
        sender.introduce(node.introduction());
        node.opened(this);
        life.open();
        flushCallbacks();
        return 1;
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
        if (listener == null) {
            life.close(CloseReason.UNREACHABLE);
        } else {
            reject();
        }
        return true;
    }

    boolean isConnecting() {
        return listener == null && life.state() == ConnectionState.CONNECTING;
    }

    /** Waits for another turn if messages wait, and lets the selector look for more only if none has to be offered again. */
    private void queueAgain() {
        if (isRetrying != isReadingOff) {
            isReadingOff = isRetrying;
            setInterest(SelectionKey.OP_READ, !isReadingOff);
        }
        if (hasUndelivered && life.isOpen()) {
            node.queue(this, isRetrying);
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
            node.context().errors().onError(SocketErrors.failed("close a connection to " + remote.text(), e));
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
    public ConnectionState state() {
        return life.state();
    }

    @Override
    public @Nullable CloseReason closeReason() {
        return life.closeReason();
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public int maxMessageBytes() {
        return node.options().maxMessageBytes();
    }

    @Override
    public Address remoteAddress() {
        return remote;
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
        life.close(CloseReason.LOCAL);
    }

    @Override
    public String toString() {
        return "tcp-nio connection to " + remote.text() + ", " + state();
    }
}
