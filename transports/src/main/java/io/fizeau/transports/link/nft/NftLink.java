package io.fizeau.transports.link.nft;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkReport;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.command.Command;
import io.fizeau.transports.link.kernel.Loopback;
import io.fizeau.transports.link.kernel.NetworkFiles;
import io.fizeau.transports.link.kernel.TcpRoutes;
import io.fizeau.transports.link.kernel.TokenBucket;
import io.fizeau.transports.link.kernel.TrafficClasses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Rules on the loopback of this process's namespace. Thread-safe. */
final class NftLink implements Link {
    private static final List<String> LOAD = List.of("nft", "-f", "-");

    private final TcpRoutes routes;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "fizeau-nft");
        thread.setDaemon(true);
        return thread;
    });
    /** What is applied, guarded by this. */
    private Impairment impairment = Impairment.NONE;
    /** At the last apply, guarded by this. */
    private long backlogDrops;
    /** At the last apply, guarded by this. */
    private long overruns;
    /** The end of the last blackout, guarded by this. */
    private Future<?> end = CompletableFuture.completedFuture(null);
    /** Written by the timer. */
    private volatile String trouble = "";

    private NftLink(final TcpRoutes routes) {
        this.routes = routes;
    }

    static NftLink open() {
        final NftLink link = new NftLink(Loopback.prepare());
        link.apply(Impairment.NONE);
        return link;
    }

    @Override
    public synchronized void apply(final Impairment next) {
        NftKind.refusal(next).ifPresent(reason -> {
            throw TransportException.badRequest(reason);
        });
        TrafficClasses.clear();
        if (next.toServer().rateBitsPerSecond() + next.toClient().rateBitsPerSecond() > 0) {
            TrafficClasses.makeRoot();
            for (final Direction direction : Direction.values()) {
                final OneWay way = next.direction(direction);
                if (way.rateBitsPerSecond() > 0) {
                    TrafficClasses.add(direction, TokenBucket.words(way.rateBitsPerSecond(), way.queueBytes()));
                }
            }
        }
        NftRules.scripts(next).forEach(script -> Command.must(LOAD, script));
        impairment = next;
        backlogDrops = NetworkFiles.backlogDrops();
        overruns = NetworkFiles.snmp("Udp", "RcvbufErrors");
    }

    @Override
    public synchronized void tcp(final TcpRoute route) {
        routes.pin(route);
    }

    @Override
    public synchronized LinkReport report() {
        final String json = Command.must(List.of("nft", "-j", "list", "counters"));
        return new LinkReport(
                "nft",
                impairment.text(),
                counts(json, Direction.TO_SERVER),
                counts(json, Direction.TO_CLIENT),
                NetworkFiles.backlogDrops() - backlogDrops,
                routes.text(),
                trouble,
                Map.of(
                        "schedulePackets",
                        NftRules.period(impairment.toServer()) + " there, " + NftRules.period(impairment.toClient())
                                + " back, then it begins again",
                        "receiverOverruns",
                        Long.toString(NetworkFiles.snmp("Udp", "RcvbufErrors") - overruns)));
    }

    private PathCounts counts(final String json, final Direction direction) {
        final long arrived = NftRules.counter(json, "seen", direction);
        final long lost = NftRules.counter(json, "lost", direction);
        final long dark = NftRules.counter(json, "dark", direction);
        final long queue = impairment.direction(direction).rateBitsPerSecond() == 0
                ? 0
                : TrafficClasses.counts(direction).drops();
        return new PathCounts(
                arrived + queue, arrived - lost - dark, lost, 0, dark, queue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** {@inheritDoc} Begin and end each take nft some milliseconds; the end comes no earlier than told. */
    @Override
    public synchronized Blackout blackout(final Duration duration) {
        final long lengthNs = Blackout.checkedNs(duration);
        Command.must(LOAD, NftRules.darken());
        final long beganNs = System.nanoTime();
        // One that overlaps another ends both.
        end.cancel(false);
        end = timer.schedule(this::lighten, lengthNs, TimeUnit.NANOSECONDS);
        return new Blackout(beganNs, beganNs + lengthNs);
    }

    private void lighten() {
        try {
            Command.must(LOAD, NftRules.lighten());
        } catch (final RuntimeException e) {
            trouble = "a blackout does not end: " + e.getMessage();
        }
    }

    @Override
    public String serverBind() {
        return Loopback.serverBind();
    }

    @Override
    public Address reach(final Address listening) {
        return Loopback.reach("nft", listening);
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        TrafficClasses.clear();
        Command.run(LOAD, "table ip fizeau\ndelete table ip fizeau\n");
    }
}
