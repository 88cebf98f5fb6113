package io.fizeau.transports.http.server;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameReader;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;

/**
 * The listening end of one connection: what is left of one request at a time, delivered by the thread that handles it, and what is to
 * be said with the answer. The fields without {@code volatile} belong to whoever has the turn.
 */
final class ServerSession extends LivingConnection {
    private final Sessions sessions;
    private final HttpOptions options;
    private final String name;
    private final Lifecycle life;
    private final FrameReader reader;
    private final Outgoing outgoing;
    private final ReceiveBuffer in = ReceiveBuffer.onHeap(0);
    private final Need need = new Need(); // whoever has the turn, as the next one
    private int broughtBytes;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private volatile long heardNs; // whoever has the turn

    ServerSession(
            final Sessions sessions,
            final HttpOptions options,
            final String name,
            final Address remote,
            final ConnectionHandler handler) {
        super(options.transport(), remote, Driving.OWN, options.maxMessageBytes());
        this.sessions = sessions;
        this.options = options;
        this.name = name;
        this.life = new Lifecycle(this, handler, sessions.context().errors(), this::release, false);
        this.reader = new FrameReader(this, handler, life, options.maxMessageBytes());
        this.outgoing = new Outgoing(options.bodyBytes());
        this.heardNs = System.nanoTime();
    }

    String name() {
        return name;
    }

    boolean open() {
        return life.open();
    }

    /** Begins a request; false if another one of this session is under way. */
    boolean begin() {
        heardNs = System.nanoTime();
        return isTaken.compareAndSet(false, true);
    }

    /** What is left to be consumed, to read a request's body behind it. */
    ReceiveBuffer in() {
        return in;
    }

    /**
     * Delivers what there is.
     *
     * @return the status to answer with, or 0 if the handler asked for a message again and there is nothing to say meanwhile.
     */
    int deliver() {
        broughtBytes = Math.max(broughtBytes, in.available());
        if (in.available() > 0 && life.enter()) {
            try {
                reader.deliver(in, Integer.MAX_VALUE);
            } catch (final Throwable t) {
                life.fail(t);
            }
            life.leave();
        }
        if (!life.isOpen()) {
            return Protocol.GONE;
        }
        if (in.available() == 0) {
            return Protocol.OK;
        }
        if (reader.outcome() == FrameReader.Outcome.RETRY) {
            return outgoing.isEmpty() ? 0 : Protocol.NOT_CONSUMED;
        }
        return -1;
    }

    /** Runs something when the last answer has left; at once if it has. */
    void whenLeft(final Runnable work) {
        outgoing.whenLeft(work);
    }

    /** Ends the turn, when the last answer has left: from now on the next request may come. */
    ByteBuffer endTurn() {
        heardNs = System.nanoTime();
        final boolean isOver = need.isOver(Math.max(broughtBytes, outgoing.size()));
        broughtBytes = 0;
        if (isOver && in.available() == 0) {
            in.release();
        }
        final ByteBuffer answer = outgoing.take(isOver);
        isTaken.set(false);
        return answer;
    }

    void left(final ByteBuffer answer) {
        outgoing.left(answer);
    }

    /** Looks at the clock. */
    void expire(final long nowNs) {
        if (!isTaken.get() && nowNs - heardNs > options.livenessNs()) {
            life.close(CloseReason.PEER_LOST);
        }
    }

    void end(final CloseReason reason) {
        life.close(reason);
    }

    private void release() {
        sessions.forget(this, life.closeReason());
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.isOpen()) {
            return notOpen();
        }
        if (length > maxMessageBytes()) {
            return SendStatus.TOO_LONG;
        }
        return outgoing.add(buffer, offset, length) ? SendStatus.ACCEPTED : SendStatus.BACK_PRESSURED;
    }

    /** Nothing to push on: what was sent leaves with the next answer. */
    @Override
    public SendStatus flush() {
        return life.isOpen() ? SendStatus.ACCEPTED : notOpen();
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    @Override
    public int poll(final int limit) {
        return 0;
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
