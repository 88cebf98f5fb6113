package io.fizeau.transports.http;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.jdk.JdkNode;
import io.fizeau.transports.http.plain.PlainFraming;
import io.fizeau.transports.http.protocol.ConnectingEnd;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.nio.ChannelFactory;
import io.fizeau.transports.nio.InetFamily;
import io.fizeau.transports.nio.NioNode;
import io.fizeau.transports.nio.NioStack;
import io.fizeau.transports.nio.Wait;
import io.fizeau.transports.socket.SocketOptions;
import io.fizeau.transports.tls.channel.TlsChannels;
import io.fizeau.transports.tls.context.TlsContexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the two transports are put together from. Stateless. */
final class HttpParts {
    /** Whether all of it goes over TLS. */
    static final Option<Boolean> TLS =
            Option.flag("tls", false, "everything over TLS 1.3, with the keys of 'fizeau keys'");

    /** The listening end is Jetty's, the connecting end is polled: the JDK's client. */
    static final DrivingSupport JDK_DRIVING = new DrivingSupport(Set.of(Driving.OWN), Set.of(Driving.CALLER));

    /** The same with a client that can run on a thread of its own. */
    static final DrivingSupport PLAIN_DRIVING = new DrivingSupport(Set.of(Driving.OWN), EnumSet.allOf(Driving.class));

    private HttpParts() {}

    static List<Option<?>> options(final Option<?>... first) {
        final List<Option<?>> all = new ArrayList<>(Arrays.asList(first));
        all.add(TLS);
        all.addAll(TlsContexts.options());
        all.addAll(HttpOptions.all());
        return List.copyOf(all);
    }

    static Guarantees guarantees(final Settings settings, final Guarantee... more) {
        final Guarantees guarantees = Guarantees.connected(
                        settings.get(SocketOptions.MAX_MESSAGE),
                        settings.get(HttpOptions.LIVENESS).toNanos(),
                        Guarantee.RELIABLE,
                        Guarantee.ORDERED,
                        Guarantee.KEEPS_BOUNDARIES,
                        Guarantee.CONNECTED,
                        Guarantee.FLOW_CONTROLLED,
                        Guarantee.CROSSES_PROCESSES,
                        Guarantee.CROSSES_HOSTS,
                        Guarantee.ALLOCATES)
                .with(more);
        return settings.get(TLS) ? guarantees.with(Guarantee.ENCRYPTED, Guarantee.AUTHENTICATED) : guarantees;
    }

    static Availability availability(final Settings settings) {
        return settings.get(TLS) ? TlsContexts.availability(settings) : Availability.yes();
    }

    static Optional<String> withoutSecurity(final String transport, final Settings settings) {
        return settings.get(TLS) ? Optional.of(transport + '?' + TLS.name() + "=false") : Optional.empty();
    }

    static @Nullable TlsContexts tls(final Settings settings) {
        return settings.get(TLS) ? TlsContexts.of(settings) : null;
    }

    static Node openJdk(final HttpOptions options, final Settings settings, final NodeContext context) {
        final TlsContexts tls = tls(settings);
        return new HttpNode(options, tls, context, () -> {
            JDK_DRIVING.forConnecting(settings.get(CommonOptions.DRIVING));
            return new JdkNode(options, tls, context);
        });
    }

    static Node openPlain(
            final HttpOptions options, final Settings settings, final Wait waiting, final NodeContext context) {
        final TlsContexts tls = tls(settings);
        final Driving driving = PLAIN_DRIVING.forConnecting(settings.get(CommonOptions.DRIVING));
        final NioStack stack = new NioStack(
                options.transport(),
                new InetFamily(options.transport(), sockets(options)),
                tls == null ? ChannelFactory.PLAIN : new TlsChannels(tls, driving == Driving.CALLER),
                new PlainFraming(options),
                waiting,
                driving,
                options.maxMessageBytes(),
                options.isGathering() ? options.bodyBytes() : 0,
                options.connectTimeoutNs());
        return new HttpNode(
                options,
                tls,
                context,
                () -> new LoopEnd(
                        NioNode.open(stack, settings.get(CommonOptions.IDLE).newStrategy(), context)));
    }

    /** A vanished host is noticed by the requests that it does not answer, so the kernel's probes hardly matter. */
    private static SocketOptions sockets(final HttpOptions options) {
        return new SocketOptions(
                options.maxMessageBytes(),
                0,
                options.connectTimeoutNs(),
                SocketOptions.LIVENESS.defaultValue().toNanos(),
                true,
                options.sendBufferBytes(),
                options.receiveBufferBytes(),
                options.backlog());
    }

    /** A node of the loop that only connects. */
    private record LoopEnd(Node loop) implements ConnectingEnd {
        @Override
        public Connection connect(final HostPort address, final ConnectionHandler handler) {
            return loop.connect(address, handler);
        }

        @Override
        public int poll(final int limit) {
            return loop.poll(limit);
        }

        @Override
        public void close() {
            loop.close();
        }
    }
}
