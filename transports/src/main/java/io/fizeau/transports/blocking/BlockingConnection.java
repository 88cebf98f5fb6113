package io.fizeau.transports.blocking;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameReader;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.MessageReader;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** One connection with a stream each way, delivered by the caller who polls it or by a thread of its own. */
final class BlockingConnection extends LivingConnection {
    private static final int FIRST_BYTES = 8 << 10;
    private static final int BULK_BYTES = 64 << 10;
    private static final int OWN_LIMIT = 256;

    private final BlockingNode node;
    private final BlockingStream stream;
    private final @Nullable BlockingListener listener;
    private final Lifecycle life;
    private final FrameReader reader;
    private final BlockingSender sender;
    private final ReceiveBuffer in;
    private final IdleStrategy idle;
    private final long deadlineNs;
    private volatile boolean isShakenHands; // by the delivering thread
    private @Nullable Thread ownThread; // by that thread, and of use to it only
    private boolean isFlushDue; // by the delivering thread
    private boolean hasUndelivered; // by the delivering thread
    private boolean isRetrying; // by the delivering thread

    BlockingConnection(
            final BlockingNode node,
            final BlockingStream stream,
            final ConnectionHandler handler,
            final Driving driving,
            final @Nullable BlockingListener listener) {
        super(node.stack().transport(), stream.remote(), driving, node.stack().maxMessageBytes());
        this.node = node;
        this.stream = stream;
        this.listener = listener;
        this.idle = node.newIdleStrategy();
        this.deadlineNs = System.nanoTime() + node.stack().openTimeoutNs();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, listener == null);
        this.reader = new FrameReader(this, handler, life, maxMessageBytes());
        this.sender = new BlockingSender(stream, life, node.stack(), driving == Driving.OWN);
        this.in = stream.newReceiveBuffer(FIRST_BYTES);
    }

    /** Connects and introduces itself, or closes as unreachable. Blocks, for the connect time-out at the most. */
    void connect() {
        try {
            stream.connect();
            isShakenHands = true;
            sender.introduce(node.introduction());
        } catch (final PeerRefusedException e) {
            refuse(e);
            return;
        } catch (final IOException e) {
            life.close(isShakenHands ? CloseReason.PEER_LOST : CloseReason.UNREACHABLE);
            return;
        }
        if (driving() == Driving.OWN) {
            ownThread = Thread.currentThread();
        }
        life.open();
        flushCallbacks();
    }

    /** Connects, and then delivers until the connection closes. The whole life of a thread of its own. */
    void connectAndRun() {
        try {
            connect();
        } catch (final Throwable t) {
            fail(t);
        }
        run();
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
        } catch (final Throwable t) {
            fail(t);
        }
    }

    /** Closes it whatever was thrown: with this thread ended nobody else would. */
    private void fail(final Throwable t) {
        life.fail(
                t instanceof OutOfMemoryError e
                        ? SocketErrors.noMemory(
                                node.stack().transport(), stream.remote().text(), e)
                        : t);
    }

    /** Blocks until the peer has introduced itself; the listener closes the connection of one that never does. */
    private boolean awaitIntroduction() {
        try {
            stream.accept();
            isShakenHands = true;
        } catch (final PeerRefusedException e) {
            refuse(e);
            return false;
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
                case WRONG -> refuse(PeerRefusedException.ofIntroduction(maxMessageBytes()));
                default -> {}
            }
        }
        return false;
    }

    @Override
    public int poll(final int limit) {
        if (driving() != Driving.CALLER || !life.isOpen()) {
            return 0;
        }
        try {
            return receive(limit);
        } catch (final OutOfMemoryError e) {
            fail(e);
            return 0;
        }
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
        in.makeRoomTowards(FrameReader.frameBytes(in) - in.available());
        return fill() ? deliver(limit) : 0;
    }

    /** Reads once, and waits for it; false if nothing came. A time-out in the middle of a frame loses none of it. */
    private boolean fill() {
        final int room = in.capacity() - in.end();
        final int count;
        try {
            count = stream.read(in);
        } catch (final PeerRefusedException e) {
            refuse(e);
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
        if (count == room && in.capacity() < BULK_BYTES) {
            // More is waiting than fits: a stream of many messages, worth larger reads.
            in.makeRoom(BULK_BYTES - in.available());
        }
        return count > 0;
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
            sender.pushOn();
        }
    }

    private void afterDelivery(final MessageReader.Outcome outcome) {
        if (outcome == MessageReader.Outcome.GARBAGE) {
            refuse(PeerRefusedException.ofMessage(maxMessageBytes()));
        } else if (outcome == MessageReader.Outcome.RETRY && sender.isBroken()) {
            // Nothing can be answered any more, and as long as this message waits nobody reads the end of the stream.
            life.close(CloseReason.PEER_LOST);
        } else {
            isRetrying = outcome == MessageReader.Outcome.RETRY;
            hasUndelivered = isRetrying || (outcome == MessageReader.Outcome.LIMIT && in.available() > 0);
        }
    }

    /** Closes the connection of a peer that breaks the protocol, and says so in one line, unless it was closed already. */
    private void refuse(final PeerRefusedException e) {
        if (!life.isClosed()) {
            node.refused(stream.remote(), listener, e);
            life.close(CloseReason.PROTOCOL_ERROR);
        }
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
        refuse(PeerRefusedException.ofSilence(isShakenHands, node.stack().openTimeoutNs()));
        return true;
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (sender.isGathering() && Thread.currentThread() == ownThread) {
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
        stream.close();
        node.forget(this);
    }

    @Override
    protected Lifecycle life() {
        return life;
    }

    /** Closes the stream below whoever may be waiting in {@link #close()} for the peer. */
    void closeNow() {
        stream.closeNow();
    }
}
