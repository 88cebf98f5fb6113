package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session as a connection. What a session tells comes with the lock of its socket held, which is given up while the user's handler
 * runs. The flags belong to the driving thread.
 */
final class DatagramConnection extends LivingConnection implements ListeningEndpoint.Accepted {
    private final DatagramNode node;
    private final DatagramLoop loop;
    private final NodeSocket socket;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final boolean isOwnDriven;
    private final boolean flushesCallbacks;
    private final AtomicLong dueNs = new AtomicLong(Mechanism.NEVER); // under the lock, read by the driving thread
    private @Nullable Session session; // written once, before anybody else knows this connection
    private boolean isTouched;
    private boolean isWaiting;
    private boolean isFlushDue;

    DatagramConnection(
            final DatagramNode node,
            final NodeSocket socket,
            final HostPort remote,
            final ConnectionHandler handler,
            final boolean isAccepted) {
        super(node.transport(), remote, node.driving(), node.options().session().maxMessageBytes());
        this.node = node;
        this.loop = node.loop();
        this.socket = socket;
        this.handler = handler;
        this.isOwnDriven = node.driving() == Driving.OWN;
        this.flushesCallbacks = isOwnDriven && node.options().session().gathers();
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, !isAccepted);
    }

    @Override
    public void onSession(final Session itsSession) {
        session = itsSession;
        if (!node.add(this)) {
            life.close(CloseReason.LOCAL); // the node was closed by another thread
        }
    }

    Session session() {
        return Objects.requireNonNull(session, "before onSession");
    }

    @Override
    public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.isOpen()) {
            return notOpen();
        }
        if (flushesCallbacks && loop.isDrivenByThisThread()) {
            isFlushDue = true;
            loop.touch(this);
        }
        socket.lock();
        try {
            final long nowNs = socket.nowNs();
            final SendStatus status = session().send(buffer, offset, length, nowNs);
            noteDeadline(nowNs);
            return status;
        } finally {
            socket.unlock();
        }
    }

    @Override
    public SendStatus flush() {
        if (!life.isOpen()) {
            return notOpen();
        }
        socket.lock();
        try {
            final long nowNs = socket.nowNs();
            final SendStatus status = session().flush(nowNs);
            noteDeadline(nowNs);
            return status;
        } finally {
            socket.unlock();
        }
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    @Override
    public int poll(final int limit) {
        return isOwnDriven || !life.isOpen() ? 0 : loop.pollOnly(this, limit);
    }

    NodeSocket socket() {
        return socket;
    }

    /** A datagram of this connection came. Under the lock, by the driving thread. */
    void received(final long nowNs) {
        final long deadlineNs = deadlineNs(nowNs);
        dueNs.set(deadlineNs);
        if (deadlineNs != Mechanism.NEVER) {
            if (nowNs - deadlineNs >= 0) {
                loop.touch(this);
            } else {
                loop.expect(deadlineNs);
            }
        }
        if (session().hasUndelivered()) {
            loop.offerAgain(this);
        }
    }

    /** Hands out what was not taken before. By the driving thread. */
    void deliver() {
        socket.lock();
        try {
            final long nowNs = socket.nowNs();
            session().deliver(nowNs);
            received(nowNs);
        } finally {
            socket.unlock();
        }
    }

    /** Does what is due. By the driving thread. */
    void settle() {
        boolean flushesAgain = false;
        socket.lock();
        try {
            final long nowNs = socket.nowNs();
            if (isFlushDue) {
                flushesAgain = session().flush(nowNs) == SendStatus.BACK_PRESSURED;
                isFlushDue = flushesAgain;
            }
            if (socket.isUnreachable()) {
                abandon();
            }
            final long deadlineNs = session().deadlineNs();
            if (Deadlines.isDue(deadlineNs, nowNs)) {
                session().onTime(nowNs);
            }
            noteDeadline(nowNs);
        } finally {
            socket.unlock();
        }
        if (flushesAgain) {
            loop.touch(this);
        }
    }

    /** Whether something is due. By the driving thread. */
    boolean isDue(final long nowNs) {
        return Deadlines.isDue(dueNs.getAcquire(), nowNs);
    }

    /** Tells the loop what this connection waits for. */
    void expect() {
        final long due = dueNs.getAcquire();
        if (due != Mechanism.NEVER) {
            loop.expect(due);
        }
    }

    /** The network says that nobody is there. */
    private void abandon() {
        session()
                .abandon(
                        session().state() == ConnectionState.CONNECTING
                                ? CloseReason.UNREACHABLE
                                : CloseReason.PEER_LOST);
    }

    private long deadlineNs(final long nowNs) {
        final long deadlineNs = session().deadlineNs();
        return deadlineNs != Mechanism.NEVER && socket.isUnreachable() ? nowNs : deadlineNs;
    }

    /** Under the lock. */
    void noteDeadline(final long nowNs) {
        final long deadlineNs = deadlineNs(nowNs);
        dueNs.set(deadlineNs);
        if (deadlineNs != Mechanism.NEVER) {
            loop.expect(deadlineNs);
        }
    }

    @Override
    public void onOpen() {
        socket.unlock();
        try {
            life.open();
        } finally {
            socket.lock();
        }
    }

    @Override
    public boolean onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (!loop.mayDeliver(this)) {
            return false;
        }
        socket.unlock();
        try {
            return handOver(buffer, offset, length);
        } finally {
            socket.lock();
        }
    }

    private boolean handOver(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.enter()) {
            return false;
        }
        boolean isConsumed = false;
        try {
            isConsumed = handler.onMessage(this, buffer, offset, length) == Delivery.CONSUMED;
        } catch (final Throwable t) {
            life.fail(t);
        }
        life.leave();
        if (isConsumed) {
            loop.onDelivered();
        }
        return isConsumed;
    }

    @Override
    public void onClosed(final CloseReason reason) {
        socket.unlock();
        try {
            life.close(reason);
        } finally {
            socket.lock();
        }
    }

    private void release() {
        socket.ended(this);
        node.forget(this);
    }

    boolean touch() {
        final boolean wasTouched = isTouched;
        isTouched = true;
        return !wasTouched;
    }

    void untouched() {
        isTouched = false;
    }

    boolean startWaiting() {
        final boolean wasWaiting = isWaiting;
        isWaiting = true;
        return !wasWaiting;
    }

    void stopWaiting() {
        isWaiting = false;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
