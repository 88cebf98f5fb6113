package io.fizeau.bench.instrument.traffic;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** TCP by blocking sockets: bytes one way, and a byte back and forth. Stateless. */
public final class ByteStream {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int TIMEOUT_MS = 10_000;
    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS = 8;
    private static final int MEGA = 1_000_000;

    private ByteStream() {}

    /**
     * Sends for some time as fast as the connection takes it.
     *
     * @param bind where to listen.
     * @param reach from the address bound to the one to connect to.
     * @param warmupNs for so long nothing is counted, in nanoseconds.
     * @param measuredNs for so long the receiver counts, in nanoseconds.
     * @return payload at the receiver, in megabits a second.
     */
    public static double goodputMbit(
            final InetSocketAddress bind,
            final UnaryOperator<InetSocketAddress> reach,
            final long warmupNs,
            final long measuredNs) {
        return connected(bind, reach, (client, server) -> {
            final CompletableFuture<Boolean> sending = thread(() -> sendUntilClosed(client));
            final InputStream in = server.getInputStream();
            final byte[] chunk = new byte[CHUNK_BYTES];
            read(in, chunk, warmupNs);
            final long startNs = System.nanoTime();
            final long bytes = read(in, chunk, measuredNs);
            final double seconds = (System.nanoTime() - startNs) / NS_PER_SECOND;
            server.close();
            client.close();
            sending.join();
            return bytes * BITS / seconds / MEGA;
        });
    }

    /**
     * The same over several connections at a time, each of which meets losses of its own, so that there are enough of them in the
     * time for a mean.
     *
     * @param bind where to listen.
     * @param reach from the address bound to the one to connect to.
     * @param warmupNs for so long nothing is counted, in nanoseconds.
     * @param measuredNs for so long the receivers count, in nanoseconds.
     * @param flows how many connections.
     * @return the mean of their payloads at the receiver, in megabits a second.
     */
    public static double meanGoodputMbit(
            final InetSocketAddress bind,
            final UnaryOperator<InetSocketAddress> reach,
            final long warmupNs,
            final long measuredNs,
            final int flows) {
        // Threads of their own, because each flow blocks.
        final ExecutorService threads = Executors.newCachedThreadPool();
        try {
            final List<CompletableFuture<Double>> running = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> goodputMbit(bind, reach, warmupNs, measuredNs), threads))
                    .limit(flows)
                    .toList();
            return running.stream()
                    .mapToDouble(CompletableFuture::join)
                    .average()
                    .orElse(Double.NaN);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Sends single bytes back and forth.
     *
     * @param bind where to listen.
     * @param reach from the address bound to the one to connect to.
     * @param roundTrips how many.
     * @return how long each took, in nanoseconds.
     */
    public static long[] roundTripsNs(
            final InetSocketAddress bind, final UnaryOperator<InetSocketAddress> reach, final int roundTrips) {
        return connected(bind, reach, (client, server) -> {
            final CompletableFuture<Boolean> echo = thread(() -> echoUntilClosed(server));
            final long[] timesNs = new long[roundTrips];
            final InputStream in = client.getInputStream();
            final OutputStream out = client.getOutputStream();
            for (int i = 0; i < roundTrips; i++) {
                final long startNs = System.nanoTime();
                out.write(i);
                if (in.read() < 0) {
                    throw new IOException("the connection ended after " + i + " round trips");
                }
                timesNs[i] = System.nanoTime() - startNs;
            }
            client.close();
            echo.join();
            return timesNs;
        });
    }

    /** Something done with both ends of a connection. */
    private interface Use<T> {
        T with(Socket client, Socket server) throws IOException;
    }

    private static <T> T connected(
            final InetSocketAddress bind, final UnaryOperator<InetSocketAddress> reach, final Use<T> use) {
        try (ServerSocket listener = new ServerSocket();
                Socket client = new Socket()) {
            listener.bind(bind);
            listener.setSoTimeout(TIMEOUT_MS);
            final CompletableFuture<Socket> accepted = thread(() -> accept(listener));
            client.connect(reach.apply((InetSocketAddress) listener.getLocalSocketAddress()), TIMEOUT_MS);
            try (Socket server = accepted.get(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                client.setSoTimeout(TIMEOUT_MS);
                server.setSoTimeout(TIMEOUT_MS);
                return use.with(client, server);
            }
        } catch (final IOException | ExecutionException | TimeoutException e) {
            throw failed(bind, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(bind, e);
        }
    }

    /** Of its own: a common pool has one thread on two processors, and each of these blocks. */
    private static <T> CompletableFuture<T> thread(final Supplier<T> work) {
        final CompletableFuture<T> done = new CompletableFuture<>();
        final Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(work.get());
                    } catch (final RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "fizeau-traffic");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static Socket accept(final ServerSocket listener) {
        try {
            return listener.accept();
        } catch (final IOException e) {
            throw new TransportException(TransportException.NextStep.STOP, "nobody came: " + e.getMessage(), e);
        }
    }

    private static long read(final InputStream in, final byte[] chunk, final long forNs) throws IOException {
        final long startNs = System.nanoTime();
        long bytes = 0;
        while (System.nanoTime() - startNs < forNs) {
            final int more = in.read(chunk);
            if (more < 0) {
                throw new IOException("the connection ended");
            }
            bytes += more;
        }
        return bytes;
    }

    /** True once the socket was closed. */
    private static boolean sendUntilClosed(final Socket socket) {
        final byte[] chunk = new byte[CHUNK_BYTES];
        try {
            final OutputStream out = socket.getOutputStream();
            while (!socket.isClosed()) {
                out.write(chunk);
            }
        } catch (final IOException ignored) {
            // The receiver has seen enough.
            return true;
        }
        return true;
    }

    /** True once the socket was closed. */
    private static boolean echoUntilClosed(final Socket socket) {
        try {
            final InputStream in = socket.getInputStream();
            final OutputStream out = socket.getOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                out.write(next);
            }
        } catch (final IOException ignored) {
            // The other end finds out by itself.
            return true;
        }
        return true;
    }

    private static TransportException failed(final InetSocketAddress bind, final Exception cause) {
        return new TransportException(
                TransportException.NextStep.STOP, "a connection to " + bind + " failed: " + cause.getMessage(), cause);
    }
}
