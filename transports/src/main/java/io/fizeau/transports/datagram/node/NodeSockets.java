package io.fizeau.transports.datagram.node;

import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** The sockets of a node: a few are read in turn, many are asked for by a selector. Any thread may remove one. */
final class NodeSockets {
    /** Up to this many sockets are read without asking the selector: a select costs about as much as two reads. */
    static final int DIRECT_READS = 2;

    private static final NodeSocket[] NONE = {};

    private final ErrorHandler errors;
    private final Consumer<SelectionKey> onSelected = this::onSelected;
    private final ArrayDeque<NodeSocket> ready = new ArrayDeque<>(); // by the driving thread
    private final Object guard = new Object();
    private final List<NodeSocket> all = new ArrayList<>(); // under the guard
    private final Map<String, Long> ended =
            new LinkedHashMap<>(); // under the guard: what the sockets counted that are gone
    private volatile NodeSocket[] direct = NONE; // under the guard
    private volatile @Nullable Selector selector; // under the guard
    private boolean isClosed; // under the guard
    private int turn; // by the driving thread

    NodeSockets(final ErrorHandler errors) {
        this.errors = errors;
    }

    /** By the driving thread; false if the node is closed. */
    boolean add(final NodeSocket socket) {
        synchronized (guard) {
            if (isClosed) {
                return false;
            }
            all.add(socket);
            regroup();
        }
        return true;
    }

    /** Closes a socket, and frees its port at once. */
    void close(final NodeSocket socket) {
        final Map<String, Long> counted = socket.counters();
        socket.closeChannel();
        synchronized (guard) {
            if (!all.remove(socket)) {
                return;
            }
            counted.forEach((name, value) -> ended.merge(name, value, Long::sum));
            regroup();
        }
        freeCancelled();
    }

    private void regroup() {
        final boolean isFew = all.size() <= DIRECT_READS;
        if (!isFew) {
            try {
                Selector open = selector;
                if (open == null) {
                    open = Selector.open();
                    selector = open;
                }
                for (final NodeSocket socket : all) {
                    register(socket, open);
                }
            } catch (final IOException e) {
                throw SocketErrors.failed("open a selector", e);
            }
        }
        direct = isFew ? all.toArray(NONE) : NONE;
    }

    private static void register(final NodeSocket socket, final Selector selector) throws IOException {
        try {
            socket.register(selector);
        } catch (final ClosedChannelException expected) {
            // Closed by another thread, which will remove it.
        }
    }

    /** Reads what has come, as far as the loop's budget goes. By the driving thread. */
    void receive(final DatagramLoop loop) {
        final NodeSocket[] few = direct;
        if (few.length > 0) {
            // Starting with another one each time: none is starved by a small limit.
            turn = (turn + 1) & Integer.MAX_VALUE;
            for (int i = 0; i < few.length && loop.mayReceive(); i++) {
                loop.drain(few[few.length == 1 ? 0 : (turn + i) % few.length]);
            }
            return;
        }
        final Selector open = selector;
        if (open == null) {
            return;
        }
        select(open, onSelected);
        for (int turns = ready.size(); turns > 0 && loop.mayReceive(); turns--) {
            final NodeSocket socket = ready.poll();
            if (socket == null) {
                return;
            }
            socket.dequeued();
            if (!loop.drain(socket)) {
                queue(socket);
            }
        }
    }

    private void onSelected(final SelectionKey key) {
        queue((NodeSocket) key.attachment());
    }

    private void queue(final NodeSocket socket) {
        if (socket.enqueue()) {
            ready.add(socket);
        }
    }

    /** Until its key leaves the selector, a closed socket keeps its descriptor and its port. */
    private void freeCancelled() {
        final Selector open = selector;
        if (open != null) {
            select(open, ignored -> {});
        }
    }

    private void select(final Selector open, final Consumer<SelectionKey> action) {
        try {
            open.selectNow(action);
        } catch (final IOException e) {
            errors.onError(SocketErrors.failed("select", e));
        } catch (final ClosedSelectorException expected) {
            // Closed by another thread, which frees everything.
        }
    }

    Map<String, Long> counters() {
        final Map<String, Long> sums;
        final List<NodeSocket> open;
        synchronized (guard) {
            sums = new LinkedHashMap<>(ended);
            open = List.copyOf(all);
        }
        open.forEach(socket -> socket.counters().forEach((name, value) -> sums.merge(name, value, Long::sum)));
        return sums;
    }

    /** Closes all that are left, for good. */
    void closeAll() {
        final List<NodeSocket> left;
        synchronized (guard) {
            isClosed = true;
            left = List.copyOf(all);
        }
        left.forEach(this::close);
        final Selector open = selector;
        if (open != null) {
            try {
                open.close();
            } catch (final IOException e) {
                errors.onError(SocketErrors.failed("close the selector", e));
            }
        }
    }
}
