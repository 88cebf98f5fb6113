package io.fizeau.transports.tcpblocking;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.blocking.BlockingStack;
import io.fizeau.transports.blocking.InetSockets;
import io.fizeau.transports.blocking.ThreadKind;
import io.fizeau.transports.socket.SocketOptions;
import java.util.List;
import java.util.stream.Stream;

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
    private static final List<Option<?>> OPTIONS = Stream.<Option<?>>concat(
                    Stream.of(BlockingStack.READ_TIMEOUT, ThreadKind.THREADS), SocketOptions.all().stream())
            .toList();

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
        return BlockingStack.guarantees(options.maxMessageBytes(), options.livenessNs())
                .with(Guarantee.CROSSES_HOSTS);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return BlockingStack.DRIVING;
    }

    @Override
    public Availability availability(final Settings settings) {
        return settings.get(ThreadKind.THREADS).availability();
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return BlockingStack.overTcp(name(), settings, InetSockets.Wrapping.PLAIN)
                .open(context);
    }
}
