package io.fizeau.bench.probe;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A ping-pong between two threads that spin on a Unix socket, pinned as the ends of a benchmark are: the state the machine is in.
 * Cross-core traffic of a guest can be half again as slow for seconds at a time, so it is run before and after a measurement.
 */
public final class UnixSocketProbe {
    private static final int MESSAGE_BYTES = 32;
    private static final int MAX_SAMPLES = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private UnixSocketProbe() {}

    /**
     * Runs it. Two threads spin for the whole time.
     *
     * @param duration how long, the first fifth not counted.
     * @return the median round trip in nanoseconds.
     * @throws TransportException if there are no Unix sockets here, or no second processor to answer in time.
     */
    public static double medianRoundTripNs(final Duration duration) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("fizeau-probe");
            final UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                            .bind(address);
                    SocketChannel client = SocketChannel.open(address);
                    SocketChannel accepted = server.accept()) {
                return onItsOwnThread(client, accepted, duration);
            }
        } catch (final IOException | UnsupportedOperationException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "no round trip over a Unix socket: " + e.getMessage(), e);
        } finally {
            delete(directory);
        }
    }

    /** On a thread of its own, because the calling one starts processes, which would inherit its pinning. */
    private static double onItsOwnThread(
            final SocketChannel client, final SocketChannel accepted, final Duration duration) throws IOException {
        client.configureBlocking(false);
        accepted.configureBlocking(false);
        final CpuPlacement placement = CpuPlacement.choose(CpuPlacement.AUTO, CpuPlacement.AUTO, CpuAffinity.allowed());
        final CompletableFuture<Double> median = new CompletableFuture<>();
        final Thread echo = new Thread(
                () -> {
                    pin(placement.server());
                    echo(accepted);
                },
                "fizeau-probe-echo");
        final Thread ping = new Thread(
                () -> {
                    pin(placement.client());
                    try {
                        median.complete(pingPong(client, duration));
                    } catch (final IOException | RuntimeException e) {
                        median.completeExceptionally(e);
                    }
                },
                "fizeau-probe-ping");
        echo.setDaemon(true);
        ping.setDaemon(true);
        echo.start();
        ping.start();
        try {
            return median.get(duration.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new IOException("no answer: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // Ends both threads, which read from these.
            client.close();
            accepted.close();
        }
    }

    private static void pin(final OptionalInt cpu) {
        if (cpu.isPresent()) {
            final String trouble = CpuAffinity.set(CpuSet.of(cpu.getAsInt()));
            assert trouble.isEmpty() : trouble;
        }
    }

    private static double pingPong(final SocketChannel client, final Duration duration) throws IOException {
        final long[] samples = new long[MAX_SAMPLES];
        final long startNs = System.nanoTime();
        final long countFromNs = startNs + duration.toNanos() / 5;
        final long endNs = startNs + duration.toNanos();
        final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        int count = 0;
        long now = startNs;
        while (now - endNs < 0 && count < MAX_SAMPLES) {
            final long sentNs = System.nanoTime();
            message.clear();
            client.write(message);
            message.clear();
            while (message.hasRemaining() && System.nanoTime() - endNs < 0) {
                client.read(message);
            }
            now = System.nanoTime();
            if (sentNs - countFromNs >= 0 && !message.hasRemaining()) {
                samples[count++] = now - sentNs;
            }
        }
        if (count == 0) {
            throw new IOException("not one round trip in " + duration.toMillis() + " ms");
        }
        Arrays.sort(samples, 0, count);
        return samples[count / 2];
    }

    private static void echo(final SocketChannel accepted) {
        final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        try {
            while (accepted.read(message) >= 0) {
                if (!message.hasRemaining()) {
                    message.flip();
                    accepted.write(message);
                    message.clear();
                }
            }
        } catch (final IOException expected) {
            // The other end is closed when the time is over; there is nobody left to tell.
        }
    }

    private static void delete(final @Nullable Path directory) {
        if (directory != null) {
            try {
                Files.deleteIfExists(directory.resolve("s"));
                Files.deleteIfExists(directory);
            } catch (final IOException ignored) {
                // A socket's name in the temporary directory; a later clean-up of that directory takes it.
            }
        }
    }
}
