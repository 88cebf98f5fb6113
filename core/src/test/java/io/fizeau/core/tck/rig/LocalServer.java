package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** A server in this JVM: one node, one listener, an {@link End} for each connection, and the threads to poll them if need be. */
public final class LocalServer implements Server, ConnectionHandler {
    private static final int POLL_LIMIT = 64;
    private static final long JOIN_MS = 5_000;

    private final Node node;
    private final Guarantees guarantees;
    private final Faults faults;
    private final ThreadFactory threads;
    private final ErrorHandler errors;
    private final boolean greets;
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final List<Thread> pumps = new CopyOnWriteArrayList<>();
    private final Listener listener;
    private volatile boolean isHeld; // the test
    private volatile boolean isClosed; // close

    /**
     * Listens, and polls if the node is driven by its caller.
     *
     * @param node an open node, closed by this server.
     * @param address where to listen.
     * @param guarantees what it promises.
     * @param faults where broken promises go.
     * @param pumps makes the threads that poll.
     * @param errors is told of what a poll throws.
     * @param greets whether each accepted end sends a short message from inside onOpen.
     */
    public LocalServer(
            final Node node,
            final Address address,
            final Guarantees guarantees,
            final Faults faults,
            final ThreadFactory pumps,
            final ErrorHandler errors,
            final boolean greets) {
        this.node = node;
        this.guarantees = guarantees;
        this.faults = faults;
        this.threads = pumps;
        this.errors = errors;
        this.greets = greets;
        this.listener = node.listen(address, this);
        if (listener.driving() == Driving.CALLER) {
            startPump(this::pumpNode);
        }
    }

    @Override
    public Address address() {
        return listener.address();
    }

    /**
     * The ends of the connections accepted so far.
     *
     * @return a live list, in the order of opening.
     */
    public List<End> ends() {
        return ends;
    }

    /**
     * The threads that poll.
     *
     * @return a live list.
     */
    public List<Thread> pumps() {
        return pumps;
    }

    @Override
    public ServerStats stats() {
        long opened = 0;
        long messages = 0;
        long bytes = 0;
        long retries = 0;
        final List<CloseReason> reasons = new ArrayList<>();
        for (final End end : ends) {
            opened += end.isOpened() ? 1 : 0;
            messages += end.delivered();
            bytes += end.deliveredBytes();
            retries += end.retries();
            final CloseReason reason = end.reason();
            if (reason != null) {
                reasons.add(reason);
            }
        }
        return new ServerStats(
                opened,
                messages,
                bytes,
                retries,
                listener.acceptedCount(),
                listener.rejectedCount(),
                reasons,
                faults.text());
    }

    @Override
    public void hold(final boolean held) {
        isHeld = held;
    }

    @Override
    public void closeListener() {
        listener.close();
    }

    @Override
    public void close() {
        isClosed = true;
        node.close();
        for (final Thread pump : pumps) {
            try {
                pump.join(JOIN_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (pump.isAlive()) {
                faults.report("a poll does not return although its node was closed " + JOIN_MS + " ms ago");
            }
        }
    }

    @Override
    public void onOpen(final Connection connection) {
        final boolean isPolled = connection.driving() == Driving.CALLER;
        final End end = new End("accepted end " + ends.size(), true, guarantees, faults, () -> isHeld).greets(greets);
        connection.attach(end);
        ends.add(end);
        end.onOpen(connection);
        if (isPolled && guarantees.has(Guarantee.POLLED_PER_CONNECTION)) {
            startPump(() -> pumpConnection(end));
        }
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        final End end = endOf(connection, "a message");
        return end == null ? Delivery.CONSUMED : end.onMessage(connection, buffer, offset, length);
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        final End end = endOf(connection, "onClosed");
        if (end != null) {
            end.onClosed(connection, reason);
        }
    }

    private @Nullable End endOf(final Connection connection, final String what) {
        final Object attachment = connection.attachment();
        if (attachment instanceof End end) {
            return end;
        }
        faults.report("listening end: " + what + " came before onOpen, or the attachment is lost: " + attachment);
        return null;
    }

    private void startPump(final Runnable work) {
        final Thread thread = threads.newThread(() -> {
            try {
                work.run();
            } catch (final RuntimeException | Error e) {
                errors.onError(e);
                faults.report("a poll of the listening end threw " + e);
            }
        });
        pumps.add(thread);
        thread.start();
    }

    private void pumpNode() {
        final IdleStrategy idle = Wait.newIdle();
        while (!isClosed) {
            final int work = node.poll(POLL_LIMIT);
            if (work == 0) {
                for (int i = 0; i < ends.size(); i++) { // an iterator would be garbage on the steady path
                    flush(ends.get(i));
                }
            }
            idle.idle(work);
        }
    }

    private void pumpConnection(final End end) {
        final IdleStrategy idle = Wait.newIdle();
        while (!isClosed && end.reason() == null) {
            final int work = end.connection().poll(POLL_LIMIT);
            if (work == 0) {
                flush(end);
            }
            idle.idle(work);
        }
    }

    // What callbacks sent is flushed by the thread that polls, whenever it goes idle: it is the sending thread.
    private void flush(final End end) {
        if (end.isOpened() && end.reason() == null) {
            final SendStatus status = end.connection().flush();
            if (status == SendStatus.TOO_LONG) {
                faults.report("flush answered " + status);
            }
        }
    }
}
