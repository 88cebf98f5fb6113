package io.fizeau.transports.datagram.node;

import io.fizeau.transports.datagram.wire.Memory;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the driving thread does in a poll, and remembers from one to the next. All but {@link #expect} is for that thread only. */
final class DatagramLoop {
    private static final int LONGEST_DATAGRAM_BYTES = 64 << 10;
    private static final int DATAGRAMS_A_TURN = 64;
    private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);

    private final Memory memory = Memory.direct(LONGEST_DATAGRAM_BYTES);
    private final ArrayDeque<DatagramConnection> touched = new ArrayDeque<>();
    private final ArrayDeque<DatagramConnection> waiting = new ArrayDeque<>();
    private final AtomicLong nextNs = new AtomicLong(System.nanoTime());
    private final boolean keepsWhatWaits;
    private @Nullable Thread thread;
    private @Nullable DatagramConnection only;
    private int limit;
    private int budget;
    private boolean isBusy;

    /**
     * Makes one.
     *
     * @param keepsWhatWaits whether a mechanism keeps all that its peer may send until the user takes it. Then datagrams are received
     *     even if no message may be delivered: there may be acknowledgements and signs of life among them.
     */
    DatagramLoop(final boolean keepsWhatWaits) {
        this.keepsWhatWaits = keepsWhatWaits;
    }

    /** A poll begins; of one connection, or of all. */
    void begin(final int messages, final @Nullable DatagramConnection onlyConnection) {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        only = onlyConnection;
        limit = messages;
        budget = messages;
        isBusy = false;
    }

    /** A poll ends; returns what it did. */
    int end() {
        final int messages = limit - budget;
        budget = 0;
        return messages > 0 || !isBusy ? messages : 1;
    }

    int pollOnly(final DatagramConnection connection, final int messages) {
        begin(messages, connection);
        if (connection.isWaiting()) {
            connection.deliver();
        }
        drain(connection.socket());
        settle();
        if (connection.isDue(System.nanoTime())) {
            connection.settle();
        }
        final int delivered = limit - budget;
        budget = 0;
        only = null;
        return delivered;
    }

    /** Whether it is worth looking for more: not for the user's sake alone, when messages wait for him already. */
    boolean mayReceive() {
        return budget > 0 || (keepsWhatWaits && !waiting.isEmpty());
    }

    /** Whether a message may go to the user now. */
    boolean mayDeliver(final DatagramConnection connection) {
        return budget > 0 && (only == null || only == connection);
    }

    void onDelivered() {
        budget--;
    }

    /** Offers again what was not taken, or not offered because a poll was at its limit. */
    void deliverWaiting() {
        for (int turns = waiting.size(); turns > 0 && budget > 0; turns--) {
            final DatagramConnection connection = waiting.poll();
            if (connection == null) {
                return;
            }
            connection.stopWaiting();
            connection.deliver();
        }
    }

    /**
     * Receives what has come, for one turn.
     *
     * @return false if more may be there.
     */
    boolean drain(final NodeSocket socket) {
        for (int count = 0; count < DATAGRAMS_A_TURN && mayReceive(); count++) {
            if (!socket.receive(memory)) {
                return true;
            }
            isBusy = true;
        }
        return false;
    }

    /** Flushes and acknowledges, once for all that came. */
    void settle() {
        for (int turns = touched.size(); turns > 0; turns--) {
            final DatagramConnection connection = touched.poll();
            if (connection == null) {
                return;
            }
            connection.untouched();
            connection.settle();
        }
    }

    boolean isTime(final long nowNs) {
        return nowNs - nextNs.get() >= 0;
    }

    /** Does what is due at any connection. */
    void onTime(final DatagramConnection[] connections, final long nowNs) {
        // Before it looks: what another thread expects from now on is not lost.
        nextNs.set(nowNs + LONGEST_WAIT_NS);
        for (final DatagramConnection connection : connections) {
            if (connection.isDue(nowNs)) {
                isBusy = true;
                connection.settle();
            } else {
                connection.expect();
            }
        }
    }

    /** Something is due at a time. By any thread. */
    void expect(final long deadlineNs) {
        long seen = nextNs.get();
        while (deadlineNs - seen < 0 && !nextNs.compareAndSet(seen, deadlineNs)) {
            seen = nextNs.get();
        }
    }

    void touch(final DatagramConnection connection) {
        if (connection.touch()) {
            touched.add(connection);
        }
    }

    void offerAgain(final DatagramConnection connection) {
        if (connection.startWaiting()) {
            waiting.add(connection);
        }
    }

    boolean isDrivenByThisThread() {
        return Thread.currentThread() == thread;
    }
}
