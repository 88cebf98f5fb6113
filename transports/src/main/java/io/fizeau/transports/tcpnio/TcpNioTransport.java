package io.fizeau.transports.tcpnio;

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
import io.fizeau.transports.nio.ChannelFactory;
import io.fizeau.transports.nio.InetFamily;
import io.fizeau.transports.nio.NioNode;
import io.fizeau.transports.nio.NioStack;
import io.fizeau.transports.nio.Wait;
import io.fizeau.transports.socket.SocketOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP over {@code SocketChannel} and {@code Selector} (epoll on Linux): one thread, the caller's or the node's own, serves all
 * connections of a node. See {@link SocketOptions} for how soon a vanished host is noticed.
 *
 * <p>Driven by the caller, the thread that polls must also be the one that sends: the node then takes no lock on either path.
 * With {@code driving=own} another thread may send, under a lock of that connection, and
 * what callbacks gather is flushed when those of one read are done.
 */
public final class TcpNioTransport implements Transport {
    /** Whether messages have boundaries on the wire. */
    static final Option<WireFraming> FRAMING = Option.choice(
            "framing",
            WireFraming.class,
            WireFraming.LENGTH,
            "a length before each message, or none: plain bytes, and what one read brings is one message");

    private static final List<Option<?>> OPTIONS = allOptions();

    /** For the service loader. */
    public TcpNioTransport() {}

    @Override
    public String name() {
        return "tcp-nio";
    }

    @Override
    public String description() {
        return "TCP over SocketChannel and Selector, one thread for many connections";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        final SocketOptions options = SocketOptions.of(settings);
        Guarantees guarantees = Guarantees.connected(
                options.maxMessageBytes(),
                options.livenessNs(),
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CROSSES_PROCESSES,
                Guarantee.CROSSES_HOSTS);
        if (settings.get(FRAMING) == WireFraming.NONE) {
            guarantees = guarantees.without(Guarantee.KEEPS_BOUNDARIES);
        }
        if (settings.get(Wait.OPTION) == Wait.SELECT) {
            guarantees = guarantees.with(Guarantee.BLOCKING_DELIVERY);
        }
        if (drivingOf(settings) == Driving.OWN) {
            guarantees = guarantees.with(Guarantee.CONCURRENT_SEND);
        }
        return guarantees;
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        final SocketOptions options = SocketOptions.of(settings);
        final NioStack stack = new NioStack(
                name(),
                new InetFamily(name(), options),
                ChannelFactory.PLAIN,
                settings.get(FRAMING).framing(options.maxMessageBytes(), options.gathersBytes()),
                settings.get(Wait.OPTION),
                drivingOf(settings),
                options.maxMessageBytes(),
                options.gathersBytes(),
                options.connectTimeoutNs());
        return NioNode.open(stack, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }

    private static Driving drivingOf(final Settings settings) {
        return DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
    }

    private static List<Option<?>> allOptions() {
        final List<Option<?>> all = new ArrayList<>();
        all.add(Wait.OPTION);
        all.add(FRAMING);
        all.addAll(SocketOptions.all());
        return List.copyOf(all);
    }
}
