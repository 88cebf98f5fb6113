package io.fizeau.transports.http.server;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a listener refuses, and names it: each in one line, but no more than some lines a second, so that a hostile peer does not
 * fill a log. Thread-safe.
 */
final class Refusals {
    private static final long NAMED_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NodeContext context;
    private final String transport;
    private final String where;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong unnamed = new AtomicLong();
    private final AtomicLong namedNs = new AtomicLong(System.nanoTime() - NAMED_EVERY_NS);

    Refusals(final NodeContext context, final String transport, final String where) {
        this.context = context;
        this.transport = transport;
        this.where = where;
    }

    /**
     * Counts one.
     *
     * @param peer who it was.
     * @param why what was wrong, with the value and the limit.
     */
    void refused(final @Nullable SocketAddress peer, final String why) {
        count.incrementAndGet();
        final long nowNs = System.nanoTime();
        final long lastNs = namedNs.get();
        if (nowNs - lastNs < NAMED_EVERY_NS || !namedNs.compareAndSet(lastNs, nowNs)) {
            unnamed.incrementAndGet();
            return;
        }
        final long others = unnamed.getAndSet(0);
        context.errors()
                .onError(new TransportException(
                        TransportException.NextStep.GO_ON,
                        transport + " refused " + named(peer) + " at " + where + ": " + why
                                + (others == 0 ? "" : " (and " + others + " others since the last line)")));
    }

    private static String named(final @Nullable SocketAddress peer) {
        return peer instanceof InetSocketAddress inet ? HostPort.of(inet).text() : String.valueOf(peer);
    }

    long count() {
        return count.get();
    }
}
