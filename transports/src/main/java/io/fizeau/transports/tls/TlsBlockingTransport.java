package io.fizeau.transports.tls;

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
import io.fizeau.transports.blocking.BlockingStream;
import io.fizeau.transports.blocking.InetSockets;
import io.fizeau.transports.blocking.SocketStream;
import io.fizeau.transports.blocking.ThreadKind;
import io.fizeau.transports.socket.SocketOptions;
import io.fizeau.transports.tls.context.TlsContexts;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS 1.3 over the streams of {@code SSLSocket}, as a book would write it: the threads, the waits and the framing of
 * {@code tcp-blocking}. A handshake is done by the thread that will deliver: the caller of {@code connect}, or the connection's own.
 *
 * <p>Stateless and thread-safe, as every transport.
 */
public final class TlsBlockingTransport implements Transport {
    private static final List<Option<?>> OPTIONS = Stream.of(
                    List.<Option<?>>of(BlockingStack.READ_TIMEOUT, ThreadKind.THREADS),
                    TlsContexts.options(),
                    SocketOptions.all())
            .<Option<?>>flatMap(List::stream)
            .toList();

    /** For the service loader. */
    public TlsBlockingTransport() {}

    @Override
    public String name() {
        return "tls-blocking";
    }

    @Override
    public String description() {
        return "TLS 1.3 over javax.net.ssl.SSLSocket streams, a thread per connection";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Availability availability(final Settings settings) {
        final Availability threads = settings.get(ThreadKind.THREADS).availability();
        return threads.isAvailable() ? TlsContexts.availability(settings) : threads;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        final SocketOptions options = SocketOptions.of(settings);
        return BlockingStack.guarantees(options.maxMessageBytes(), options.livenessNs())
                .with(Guarantee.ENCRYPTED, Guarantee.AUTHENTICATED, Guarantee.CROSSES_HOSTS, Guarantee.ALLOCATES);
    }

    @Override
    public Optional<String> withoutSecurity(final Settings settings) {
        return Optional.of("tcp-blocking");
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return BlockingStack.DRIVING;
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        final TlsContexts contexts = TlsContexts.of(settings);
        final long connectTimeoutNs = SocketOptions.of(settings).connectTimeoutNs();
        return BlockingStack.overTcp(name(), settings, new TlsWrapping(contexts, connectTimeoutNs))
                .open(context);
    }

    private record TlsWrapping(TlsContexts contexts, long connectTimeoutNs) implements InetSockets.Wrapping {
        @Override
        public Socket newSocket() {
            return new WatchedSocket();
        }

        @Override
        public BlockingStream wrap(final SocketStream tcp) {
            return new TlsStream(tcp, contexts, connectTimeoutNs);
        }
    }
}
