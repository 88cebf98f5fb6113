package io.fizeau.transports.blocking;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.socket.SocketOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a node of this family is made of, and what all of them have in common. Immutable and thread-safe.
 *
 * @param transport the transport's name, for messages.
 * @param sockets which sockets.
 * @param threads whose threads, and of what kind.
 * @param maxMessageBytes the longest message.
 * @param gathersBytes how much a sender gathers before it writes, or 0 if each message is written at once.
 * @param openTimeoutNs how long an accepted peer may take to finish its handshake and to introduce itself.
 */
public record BlockingStack(
        String transport,
        BlockingSockets sockets,
        BlockingThreads threads,
        int maxMessageBytes,
        int gathersBytes,
        long openTimeoutNs) {
    /** How long a poll waits. */
    public static final Option<Duration> READ_TIMEOUT = Option.duration(
            "readTimeout",
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ofHours(1),
            "how long a poll waits for a message, in whole milliseconds; 0 for without end, which saves two system calls a read");

    /** Whose threads can drive the nodes: an accepted connection has a thread of its own, a connecting end may be polled. */
    public static final DrivingSupport DRIVING = new DrivingSupport(Set.of(Driving.OWN), EnumSet.allOf(Driving.class));

    /**
     * A stack over TCP.
     *
     * @param transport the transport's name, for messages.
     * @param settings values for its options and the common ones, {@link #READ_TIMEOUT} and {@link ThreadKind#THREADS} among them.
     * @param wrapping what is put onto each socket.
     * @return the stack.
     */
    public static BlockingStack overTcp(
            final String transport, final Settings settings, final InetSockets.Wrapping wrapping) {
        final SocketOptions options = SocketOptions.of(settings);
        return new BlockingStack(
                transport,
                new InetSockets(transport, options, readTimeoutMs(settings), wrapping),
                BlockingThreads.of(settings),
                options.maxMessageBytes(),
                options.gathersBytes(),
                options.connectTimeoutNs());
    }

    /**
     * The read time-out.
     *
     * @param settings values that hold {@link #READ_TIMEOUT}.
     * @return milliseconds, 0 for without end.
     */
    public static int readTimeoutMs(final Settings settings) {
        return Math.toIntExact(settings.get(READ_TIMEOUT).toMillis());
    }

    /**
     * What every transport of this family promises; more may be added.
     *
     * @param maxMessageBytes the longest message.
     * @param livenessNs within what time a peer's end is noticed.
     * @return the guarantees.
     */
    public static Guarantees guarantees(final int maxMessageBytes, final long livenessNs) {
        return Guarantees.connected(
                maxMessageBytes,
                livenessNs,
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CROSSES_PROCESSES,
                Guarantee.BLOCKING_DELIVERY,
                Guarantee.BLOCKING_SEND,
                Guarantee.POLLED_PER_CONNECTION,
                Guarantee.CONCURRENT_SEND);
    }

    /**
     * Opens a node.
     *
     * @param context the node's name, where its threads come from and where its errors go.
     * @return a new node, which the caller closes.
     */
    public Node open(final NodeContext context) {
        return new BlockingNode(this, context);
    }
}
