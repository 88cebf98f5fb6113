package io.fizeau.bench.baseline;

import io.fizeau.core.address.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Opens socket channels that do not block, with TCP_NODELAY. */
final class TcpChannels {
    private static final long ACCEPT_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private TcpChannels() {}

    static SocketChannel connect(final HostPort server) throws IOException {
        return configured(SocketChannel.open(server.resolve()));
    }

    static Listening listen() throws IOException {
        final ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(HostPort.loopback().resolve());
        listening.configureBlocking(false);
        return new Listening(listening);
    }

    static void close(final Channel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel configured(final SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }

    /** A port at which one client is awaited. */
    static final class Listening implements AutoCloseable {
        private final ServerSocketChannel channel;

        private Listening(final ServerSocketChannel channel) {
            this.channel = channel;
        }

        HostPort address() {
            try {
                return HostPort.of((InetSocketAddress) channel.getLocalAddress());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The client's connection, or null if the run was stopped before one came. */
        @Nullable
        SocketChannel accept(final ServingRun run) throws IOException {
            while (run.isOn()) {
                final SocketChannel accepted = channel.accept();
                if (accepted != null) {
                    return configured(accepted);
                }
                LockSupport.parkNanos(ACCEPT_PARK_NS);
            }
            return null;
        }

        @Override
        public void close() {
            TcpChannels.close(channel);
        }
    }
}
