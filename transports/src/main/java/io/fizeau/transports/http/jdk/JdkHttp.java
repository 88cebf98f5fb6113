package io.fizeau.transports.http.jdk;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.loop.OwnThreads;
import io.fizeau.transports.tls.context.TlsContexts;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client of the JDK that ends when it is told to. Thread-safe.
 *
 * @implNote Before release 21 such a client has no close: its selecting thread ends when somebody interrupts it, or some time after the
 *     last reference is collected. So the client is made in a group of threads of its own, which finds that thread again.
 */
final class JdkHttp {
    private static final long END_MS = TimeUnit.SECONDS.toMillis(5);

    private final NodeContext context;
    private final OwnThreads threads;
    private final ExecutorService workers;
    private final ThreadGroup group = new ThreadGroup("fizeau-http");
    private final HttpClient client;

    JdkHttp(final HttpOptions options, final @Nullable TlsContexts tls, final NodeContext context) {
        this.context = context;
        this.threads = new OwnThreads(context);
        this.workers = Executors.newCachedThreadPool(threads);
        final HttpClient.Builder builder = HttpClient.newBuilder()
                .version(options.isHttp2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofNanos(options.connectTimeoutNs()))
                .executor(workers);
        if (tls != null) {
            builder.sslContext(tls.clientContext()).sslParameters(tls.clientParameters());
        }
        this.client = madeIn(group, builder);
    }

    private HttpClient madeIn(final ThreadGroup home, final HttpClient.Builder builder) {
        final HttpClient[] made = new HttpClient[1];
        final RuntimeException[] failure = new RuntimeException[1];
        final Thread maker = new Thread(
                home,
                () -> {
                    try {
                        made[0] = builder.build();
                    } catch (final RuntimeException e) {
                        failure[0] = e;
                    }
                },
                "fizeau-http-maker");
        maker.setDaemon(true);
        maker.start();
        join(maker, Long.MAX_VALUE);
        if (failure[0] != null) {
            workers.shutdownNow();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the JDK's HTTP client cannot be made: " + failure[0].getMessage(),
                    failure[0]);
        }
        return Objects.requireNonNull(made[0], "interrupted while the HTTP client was made");
    }

    HttpClient client() {
        return client;
    }

    void close() {
        // The workers may have been made in the group too, by its thread.
        group.interrupt();
        workers.shutdownNow();
        final Thread[] left = new Thread[group.activeCount() + 1];
        final int count = group.enumerate(left);
        for (int i = 0; i < count; i++) {
            join(left[i], END_MS);
        }
        threads.join();
    }

    private void join(final Thread thread, final long withinMs) {
        boolean isInterrupted = false;
        final long startNs = System.nanoTime();
        while (thread.isAlive() && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) < withinMs) {
            try {
                thread.join(Math.min(END_MS, withinMs));
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (thread.isAlive()) {
            context.errors()
                    .onError(new TransportException(
                            TransportException.NextStep.FAIL_RUN,
                            "node " + context.name() + ": the JDK's HTTP client does not end its thread "
                                    + thread.getName()));
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
