package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * A node whose connections are made from here. Used by one thread, which sends, and polls where the node is driven by its
 * caller: what a plain user of a transport does.
 */
public final class Client implements AutoCloseable {
    private static final int POLL_LIMIT = 64;
    private static final long RESEND_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Node node;
    private final Driving driving;
    private final Guarantees guarantees;
    private final Faults faults;
    private final long limitNs;
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private boolean isPendingFlush;

    Client(
            final Node node,
            final Driving driving,
            final Guarantees guarantees,
            final Faults faults,
            final long limitNs) {
        this.limitNs = limitNs;
        this.node = node;
        this.driving = driving;
        this.guarantees = guarantees;
        this.faults = faults;
    }

    /**
     * The node.
     *
     * @return the node under test.
     */
    public Node node() {
        return node;
    }

    /**
     * Makes an end whose traffic is numbered by its place among the ends of this client.
     *
     * @return an end to give to {@link #start(Address, End)}.
     */
    public End newEnd() {
        return newEnd(() -> false);
    }

    /**
     * Makes an end that can be kept from reading.
     *
     * @param isHeld while true, every message is answered with RETRY.
     * @return an end to give to {@link #start(Address, End)}.
     */
    public End newEnd(final BooleanSupplier isHeld) {
        final int number = ends.size();
        final End end = new End("connecting end " + number, false, guarantees, faults, isHeld);
        ends.add(end);
        return end.run(number);
    }

    /**
     * Starts to connect.
     *
     * @param address where to.
     * @param end its handler.
     * @return the connection.
     */
    public Connection start(final Address address, final End end) {
        final Connection connection = node.connect(address, end);
        end.connected(connection);
        return connection;
    }

    /**
     * Connects.
     *
     * @param address where to.
     * @return an end that is open.
     */
    public End connect(final Address address) {
        return connect(address, newEnd());
    }

    /**
     * Connects.
     *
     * @param address where to.
     * @param end its handler.
     * @return the end, open.
     */
    public End connect(final Address address, final End end) {
        start(address, end);
        awaitOpen(end);
        return end;
    }

    /**
     * Waits for onOpen.
     *
     * @param end an end that is connecting.
     */
    public void awaitOpen(final End end) {
        await("onOpen of a connection to " + end.connection().remoteAddress().text(), end, () -> {
            if (end.reason() != null && !end.isOpened()) {
                throw new AssertionError("a connection to "
                        + end.connection().remoteAddress().text() + " closed instead of opening: " + end.reason());
            }
            return end.isOpened();
        });
    }

    /**
     * Polls, where the caller drives; pushes on what an earlier flush could not.
     *
     * @param end the end in question: the only one that is polled where each connection is polled by itself.
     * @return how much was done.
     */
    public int poll(final End end) {
        if (isPendingFlush) {
            isPendingFlush = end.connection().flush() == SendStatus.BACK_PRESSURED;
        }
        if (driving == Driving.OWN) {
            return 0;
        }
        final int work = node.poll(POLL_LIMIT);
        // After work the caller looks again before it waits in the second poll: it may have got what it wants.
        return work == 0 && guarantees.has(Guarantee.POLLED_PER_CONNECTION)
                ? end.connection().poll(POLL_LIMIT)
                : work;
    }

    /**
     * Sends one message, waiting as long as the connection is back-pressured.
     *
     * @param end the end that sends.
     * @param length the message's length.
     * @param command what the peer does with it.
     */
    public void send(final End end, final int length, final Command command) {
        SendStatus status = end.offer(length, command);
        if (status == SendStatus.BACK_PRESSURED) {
            final SendStatus[] last = {status};
            await("a back-pressured send of " + length + " bytes", end, () -> {
                last[0] = end.offer(length, command);
                return last[0] != SendStatus.BACK_PRESSURED;
            });
            status = last[0];
        }
        if (status != SendStatus.ACCEPTED) {
            throw new AssertionError(
                    "send of " + length + " bytes on an open connection answered " + status + describe());
        }
    }

    /**
     * Sends one message and waits for its echo. Where the transport may lose it, it is sent again.
     *
     * @param end the end that sends.
     * @param length the message's length.
     */
    public void exchange(final End end, final int length) {
        exchange(end, length, Command.ECHO);
    }

    /**
     * Sends one message and waits for what comes back.
     *
     * @param end the end that sends.
     * @param length the message's length.
     * @param command one that is answered.
     */
    public void exchange(final End end, final int length, final Command command) {
        final long before = end.delivered();
        final long[] sentNs = {System.nanoTime()};
        send(end, length, command);
        await("the echo of a message of " + length + " bytes", end, () -> {
            if (!guarantees.has(Guarantee.RELIABLE) && System.nanoTime() - sentNs[0] > RESEND_NS) {
                sentNs[0] = System.nanoTime();
                end.offer(length, command);
            }
            return end.delivered() > before;
        });
    }

    /**
     * Waits for something that this client's own callbacks bring about; polls and flushes meanwhile.
     *
     * @param what what is waited for, for the message.
     * @param end the end it happens at.
     * @param condition true when it has come.
     */
    public void await(final String what, final End end, final BooleanSupplier condition) {
        await(what, limitNs, end, condition);
    }

    /**
     * Waits for something that this client's own callbacks bring about; polls and flushes meanwhile.
     *
     * @param what what is waited for, for the message.
     * @param withinNs how long to wait.
     * @param end the end it happens at.
     * @param condition true when it has come.
     */
    public void await(final String what, final long withinNs, final End end, final BooleanSupplier condition) {
        flush(end);
        Wait.until(what, withinNs, checked(condition), () -> poll(end), this::describe);
    }

    /**
     * Waits for something while another thread is the sending one: polls, and does not flush. Whatever is delivered at the end gives
     * it more time.
     *
     * @param what what is waited for, for the message.
     * @param end the end it happens at.
     * @param isAnswered whether messages come in meanwhile, so that a poll that waits for them is all right.
     * @param condition true when it has come.
     */
    public void awaitOther(
            final String what, final End end, final boolean isAnswered, final BooleanSupplier condition) {
        final IntSupplier work = isAnswered ? () -> poll(end) : () -> pollWithoutWaiting(end);
        Wait.until(what, limitNs, checked(condition), work, end::delivered, this::describe);
    }

    /**
     * Waits for something that the peer brings about; polls meanwhile what may be polled without waiting in it.
     *
     * @param what what is waited for, for the message.
     * @param end the end whose traffic it is about.
     * @param condition true when it has come.
     */
    public void awaitPeer(final String what, final End end, final BooleanSupplier condition) {
        awaitPeer(what, limitNs, end, condition);
    }

    /**
     * Waits for something that the peer brings about; polls meanwhile what may be polled without waiting in it.
     *
     * @param what what is waited for, for the message.
     * @param withinNs how long to wait.
     * @param end the end whose traffic it is about.
     * @param condition true when it has come.
     */
    public void awaitPeer(final String what, final long withinNs, final End end, final BooleanSupplier condition) {
        flush(end);
        Wait.until(what, withinNs, checked(condition), () -> pollWithoutWaiting(end), this::describe);
    }

    /**
     * Lets some time pass in which nothing is to happen; polls meanwhile what may be polled without waiting in it.
     *
     * @param ns how long.
     * @param end the end whose traffic it is about.
     */
    public void pass(final long ns, final End end) {
        Wait.pass(ns, () -> pollWithoutWaiting(end));
    }

    /**
     * Polls until the connection is closed or the thread is interrupted.
     *
     * @param end the end that is to live on.
     */
    public void awaitEnd(final End end) {
        while (end.reason() == null && !Thread.currentThread().isInterrupted()) {
            Wait.pass(RESEND_NS, () -> poll(end));
        }
    }

    @Override
    public void close() {
        node.close();
    }

    // A fault ends the wait at once: what is waited for may never come then.
    private BooleanSupplier checked(final BooleanSupplier condition) {
        return () -> {
            final boolean isMet = condition.getAsBoolean();
            faults.check();
            return isMet;
        };
    }

    // Where the ends take turns, what was sent may wait for a turn that only a poll brings: then a poll that waits is
    // due.
    private int pollWithoutWaiting(final End end) {
        return guarantees.has(Guarantee.BLOCKING_DELIVERY) && guarantees.has(Guarantee.DUPLEX) ? 0 : poll(end);
    }

    private void flush(final End end) {
        if (end.isOpened()) {
            isPendingFlush = end.connection().flush() == SendStatus.BACK_PRESSURED;
        }
    }

    private String describe() {
        final StringBuilder text = new StringBuilder();
        for (final End end : ends) {
            if (text.length() < 400) {
                text.append("; ").append(end);
            }
        }
        final String found = faults.text();
        return text + (found.isEmpty() ? "" : "; " + found);
    }
}
