package io.fizeau.transports.tcpblocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.socket.SocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * TCP over the streams of {@code java.net.Socket}, as a book would write it. The listening end runs a thread for each
 * connection. The connecting end is polled by the caller, who waits in the read, so that a closed loop is a write and a read on
 * one thread; with {@code driving=own} it runs a thread for each connection too. What callbacks
 * gather on such a thread is flushed when those of one read are done. See {@link SocketOptions} for how soon a
 * vanished host is noticed.
 *
 * <p>A peer that does not read makes {@code send} wait. Two ends that only send wait for each other, until one closes.
 */
public final class TcpBlockingTransport implements Transport {
    /** How long a poll waits. */
    static final Option<Duration> READ_TIMEOUT = Option.duration(
            "readTimeout",
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ofHours(1),
            "how long a poll waits for a message, in whole milliseconds; 0 for without end, which saves two system calls a read");

    private static final List<Option<?>> OPTIONS = options(READ_TIMEOUT);
    private static final DrivingSupport DRIVING = new DrivingSupport(Set.of(Driving.OWN), EnumSet.allOf(Driving.class));

    /** For the service loader. */
    public TcpBlockingTransport() {}

    @Override
    public String name() {
        return "tcp-blocking";
    }

    @Override
    public String description() {
        return "TCP over java.net.Socket streams, a thread per connection";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        final SocketOptions options = SocketOptions.of(settings);
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
                Guarantee.CROSSES_HOSTS,
                Guarantee.BLOCKING_DELIVERY,
                Guarantee.BLOCKING_SEND,
                Guarantee.POLLED_PER_CONNECTION,
                Guarantee.CONCURRENT_SEND);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DRIVING;
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return new TcpBlockingNode(
                SocketOptions.of(settings),
                Math.toIntExact(settings.get(READ_TIMEOUT).toMillis()),
                settings.get(CommonOptions.IDLE),
                DRIVING,
                settings.get(CommonOptions.DRIVING),
                context);
    }

    private static List<Option<?>> options(final Option<?> first) {
        final List<Option<?>> all = new ArrayList<>();
        all.add(first);
        all.addAll(SocketOptions.all());
        return List.copyOf(all);
    }
}
