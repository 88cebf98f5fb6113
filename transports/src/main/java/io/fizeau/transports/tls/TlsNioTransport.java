package io.fizeau.transports.tls;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.framing.LengthPrefix;
import io.fizeau.transports.nio.InetFamily;
import io.fizeau.transports.nio.NioNode;
import io.fizeau.transports.nio.NioStack;
import io.fizeau.transports.nio.Wait;
import io.fizeau.transports.socket.SocketOptions;
import io.fizeau.transports.tls.channel.TlsChannels;
import io.fizeau.transports.tls.context.TlsContexts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS 1.3 by {@code SSLEngine} over the loop of {@code tcp-nio}: the same sockets, the same framing, the same threads, and between
 * them what the engine makes of the bytes. Handshakes are computed on the thread that drives.
 *
 * <p>Stateless and thread-safe, as every transport.
 */
public final class TlsNioTransport implements Transport {
    private static final List<Option<?>> OPTIONS = Stream.of(
                    List.<Option<?>>of(Wait.OPTION), TlsContexts.options(), SocketOptions.all())
            .<Option<?>>flatMap(List::stream)
            .toList();

    /** For the service loader. */
    public TlsNioTransport() {}

    @Override
    public String name() {
        return "tls-nio";
    }

    @Override
    public String description() {
        return "TLS 1.3 by SSLEngine over the loop of tcp-nio";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Optional<String> withoutSecurity(final Settings settings) {
        return Optional.of("tcp-nio");
    }

    @Override
    public Availability availability(final Settings settings) {
        return TlsContexts.availability(settings);
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
                Guarantee.ENCRYPTED,
                Guarantee.AUTHENTICATED,
                Guarantee.CROSSES_PROCESSES,
                Guarantee.CROSSES_HOSTS,
                Guarantee.ALLOCATES);
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
        final Driving driving = drivingOf(settings);
        final NioStack stack = new NioStack(
                name(),
                new InetFamily(name(), options),
                new TlsChannels(TlsContexts.of(settings), driving == Driving.CALLER),
                new LengthPrefix(options.maxMessageBytes(), options.gathersBytes()),
                settings.get(Wait.OPTION),
                driving,
                options.maxMessageBytes(),
                options.gathersBytes(),
                options.connectTimeoutNs());
        return NioNode.open(stack, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }

    private static Driving drivingOf(final Settings settings) {
        return DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
    }
}
