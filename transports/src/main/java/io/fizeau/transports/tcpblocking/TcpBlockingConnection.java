package io.fizeau.transports.tcpblocking;

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
import io.fizeau.transports.framing.MessageReader;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.loop.Lifecycle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** One TCP connection with a stream each way, delivered by the caller who polls it or by a thread of its own. */
final class TcpBlockingConnection implements Connection {
    private static final int FIRST_BYTES = 8 << 10;
    private static final int BULK_BYTES = 64 << 10;
    private static final int OWN_LIMIT = 256;

    private final TcpBlockingNode node;
    private final Socket socket;
    private final HostPort remote;
    private final @Nullable TcpBlockingListener listener;
    private final Driving driving;
    private final Lifecycle life;
    private final FrameReader reader;
    private final TcpBlockingSender sender;
    private final ReceiveBuffer in = ReceiveBuffer.onHeap(FIRST_BYTES);
    private final IdleStrategy idle;
    private final long deadlineNs;
    private InputStream stream = InputStream.nullInputStream(); // by the connecting thread, before it opens
    private @Nullable Thread ownThread; // by that thread, and of use to it only
    private boolean isFlushDue; // by the delivering thread
    private boolean hasUndelivered; // by the delivering thread
    private boolean isRetrying; // by the delivering thread
    private @Nullable Object attachment; // by the user

    TcpBlockingConnection(
            final TcpBlockingNode node,
            final Socket socket,
            final HostPort remote,
            final ConnectionHandler handler,
            final Driving driving,
            final @Nullable TcpBlockingListener listener) {
        this.node = node;
        this.socket = socket;
        this.remote = remote;
        this.listener = listener;
        this.driving = driving;
        this.idle = node.newIdleStrategy();
        this.deadlineNs = System.nanoTime() + node.options().connectTimeoutNs();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, listener == null);
        this.reader = new FrameReader(this, handler, life, node.options().maxMessageBytes());
        this.sender = new TcpBlockingSender(life, node.options());
    }

    /**
     * Connects and introduces itself, or closes as unreachable. Blocks, for the connect time-out at the most.
     *
     * @param address the peer.
     */
    void connect(final InetSocketAddress address) {
        try {
            final long timeoutMs = TimeUnit.NANOSECONDS.toMillis(node.options().connectTimeoutNs());
            socket.connect(address, Math.toIntExact(timeoutMs));
            if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
                // A connect to a free local port from that very port meets itself: nobody listens there.
                life.close(CloseReason.UNREACHABLE);
                return;
            }
            useStreams();
            socket.getOutputStream().write(node.introduction());
        } catch (final IOException e) {
            life.close(CloseReason.UNREACHABLE);
            return;
        }
        if (driving == Driving.OWN) {
            ownThread = Thread.currentThread();
        }
        life.open();
        flushCallbacks();
    }

    /** Delivers until the connection closes. The whole life of a thread of its own, once connected or accepted. */
    void run() {
        ownThread = Thread.currentThread();
        try {
            if (listener != null && !awaitIntroduction()) {
                return;
            }
            while (life.isOpen()) {
                final int messages = receive(OWN_LIMIT);
                if (isRetrying) {
                    idle.idle(messages);
                }
            }
        } catch (final RuntimeException e) {
            life.fail(e);
        }
    }

    /** Blocks until the peer has introduced itself; the listener closes the connection of one that never does. */
    private boolean awaitIntroduction() {
        try {
            useStreams();
        } catch (final IOException e) {
            life.close(CloseReason.PEER_LOST);
            return false;
        }
        while (life.state() == ConnectionState.CONNECTING) {
            in.makeRoom(Framing.INTRODUCTION_BYTES);
            if (!fill()) {
                continue;
            }
            switch (Framing.check(in, node.introduction())) {
                case VALID -> {
                    if (life.open()) {
                        flushCallbacks();
                        deliver(OWN_LIMIT);
                    }
                    return life.isOpen();
                }
                case WRONG -> reject();
                default -> {}
            }
        }
        return false;
    }

    private void useStreams() throws IOException {
        stream = socket.getInputStream();
        sender.connected(socket.getOutputStream());
    }

    @Override
    public int poll(final int limit) {
        return driving == Driving.CALLER && life.isOpen() ? receive(limit) : 0;
    }

    private int receive(final int limit) {
        if (hasUndelivered) {
            final int messages = deliver(limit);
            if (messages > 0 || hasUndelivered) {
                return messages;
            }
        }
        if (!life.isOpen()) {
            return 0;
        }
        in.makeRoom(FrameReader.frameBytes(in) - in.available());
        return fill() ? deliver(limit) : 0;
    }

    /** Reads once, and waits for it; false if nothing came. A time-out in the middle of a frame loses none of it. */
    private boolean fill() {
        final int room = in.capacity() - in.end();
        final int count;
        try {
            count = stream.read(in.array(), in.end(), room);
        } catch (final SocketTimeoutException e) {
            return false;
        } catch (final IOException e) {
            life.close(CloseReason.PEER_LOST);
            return false;
        }
        if (count < 0) {
            final boolean isWhole = in.available() == 0 && !sender.wasReset();
            life.close(isWhole ? CloseReason.PEER_CLOSED : CloseReason.PEER_LOST);
            return false;
        }
        in.filled(count);
        if (count == room && in.capacity() < BULK_BYTES) {
            // More is waiting than fits: a stream of many messages, worth larger reads.
            in.makeRoom(BULK_BYTES - in.available());
        }
        return true;
    }

    private int deliver(final int limit) {
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
            afterDelivery(reader.outcome());
        }
        return messages;
    }

    /** Nobody else knows when the callbacks of a connection with a thread of its own are done. */
    private void flushCallbacks() {
        if (isFlushDue) {
            isFlushDue = false;
            sender.flush();
        }
    }

    private void afterDelivery(final MessageReader.Outcome outcome) {
        if (outcome == MessageReader.Outcome.GARBAGE) {
            reject();
        } else if (outcome == MessageReader.Outcome.RETRY && sender.isBroken()) {
            // Nothing can be answered any more, and as long as this message waits nobody reads the end of the stream.
            life.close(CloseReason.PEER_LOST);
        } else {
            isRetrying = outcome == MessageReader.Outcome.RETRY;
            hasUndelivered = isRetrying || (outcome == MessageReader.Outcome.LIMIT && in.available() > 0);
        }
    }

    private void reject() {
        life.close(CloseReason.PROTOCOL_ERROR);
    }

    /**
     * Ends a peer that has not introduced itself in time.
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
        reject();
        return true;
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (Thread.currentThread() == ownThread) {
            isFlushDue = true;
        }
        return sender.send(buffer, offset, length);
    }

    @Override
    public SendStatus flush() {
        return sender.flush();
    }

    private void release() {
        if (listener != null && life.closeReason() == CloseReason.PROTOCOL_ERROR) {
            // Before the peer can see its end, so that whoever sees it finds it counted.
            listener.onRejected();
        }
        TcpBlockingNode.closeInOrder(socket);
        node.forget(this);
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
        return driving;
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
        return "tcp-blocking connection to " + remote.text() + ", " + state();
    }
}
