package io.fizeau.transports.blocking;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Idle;
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
 * @param options what they are set to, and the limits of messages.
 * @param threads what kind of threads the node runs.
 * @param idle how such a thread waits while a handler answers RETRY.
 * @param choice whose threads drive, as asked for.
 */
public record BlockingStack(
        String transport,
        BlockingSockets sockets,
        SocketOptions options,
        ThreadKind threads,
        Idle idle,
        DrivingChoice choice) {
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
     * What is read from the settings of any transport of this family.
     *
     * @param transport the transport's name, for messages.
     * @param settings values for its options and the common ones.
     * @param sockets which sockets.
     * @param options what they are set to.
     * @param threads what kind of threads the node runs.
     * @return a stack.
     */
    public static BlockingStack of(
            final String transport,
            final Settings settings,
            final BlockingSockets sockets,
            final SocketOptions options,
            final ThreadKind threads) {
        return new BlockingStack(
                transport,
                sockets,
                options,
                threads,
                settings.get(CommonOptions.IDLE),
                settings.get(CommonOptions.DRIVING));
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
     * @param options the limits of messages, and the liveness time.
     * @return the guarantees.
     */
    public static Guarantees guarantees(final SocketOptions options) {
        return Guarantees.connected(
                options.maxMessageBytes(),
                options.livenessNs(),
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
