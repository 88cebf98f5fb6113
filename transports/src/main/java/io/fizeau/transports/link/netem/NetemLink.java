package io.fizeau.transports.link.netem;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkReport;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.kernel.Loopback;
import io.fizeau.transports.link.kernel.NetworkFiles;
import io.fizeau.transports.link.kernel.TcpRoutes;
import io.fizeau.transports.link.kernel.TrafficClasses;
import java.time.Duration;
import java.util.Map;

/** An emulator a direction on the loopback of this process's namespace. Thread-safe. */
final class NetemLink implements Link {
    private final TcpRoutes routes;
    private final boolean hasSeed;
    /** What is applied, guarded by this. */
    private Impairment impairment = Impairment.NONE;
    /** At the last apply, guarded by this. */
    private long backlogDrops;

    private NetemLink(final TcpRoutes routes, final boolean hasSeed) {
        this.routes = routes;
        this.hasSeed = hasSeed;
    }

    static NetemLink open(final boolean hasSeed) {
        final NetemLink link = new NetemLink(Loopback.prepare(), hasSeed);
        link.apply(Impairment.NONE);
        return link;
    }

    @Override
    public synchronized void apply(final Impairment next) {
        NetemWords.refusal(next).ifPresent(reason -> {
            throw TransportException.badRequest(reason);
        });
        TrafficClasses.clear();
        TrafficClasses.makeRoot();
        for (final Direction direction : Direction.values()) {
            TrafficClasses.add(direction, NetemWords.words(next, direction, hasSeed));
        }
        impairment = next;
        backlogDrops = NetworkFiles.backlogDrops();
    }

    @Override
    public synchronized void tcp(final TcpRoute route) {
        routes.pin(route);
    }

    @Override
    public synchronized LinkReport report() {
        return new LinkReport(
                "netem",
                impairment.text(),
                counts(Direction.TO_SERVER),
                counts(Direction.TO_CLIENT),
                NetworkFiles.backlogDrops() - backlogDrops,
                routes.text(),
                "",
                Map.of(
                        "seeded",
                        hasSeed ? "by the kernel's generator" : "no",
                        "realisedDelay",
                        "not measured by this link"));
    }

    /** The kernel does not tell a packet lost at random from one for which the queue had no room; with this limit none is. */
    private static PathCounts counts(final Direction direction) {
        final TrafficClasses.Counts counts = TrafficClasses.counts(direction);
        return new PathCounts(
                counts.packets() + counts.drops(),
                counts.packets(),
                counts.drops(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    @Override
    public Blackout blackout(final Duration duration) {
        throw TransportException.badRequest(
                "link=netem cannot do a blackout of " + duration.toMillis() + " ms: take link=tun or link=nft");
    }

    @Override
    public String serverBind() {
        return Loopback.serverBind();
    }

    @Override
    public Address reach(final Address listening) {
        return Loopback.reach("netem", listening);
    }

    @Override
    public synchronized void close() {
        TrafficClasses.clear();
    }
}
