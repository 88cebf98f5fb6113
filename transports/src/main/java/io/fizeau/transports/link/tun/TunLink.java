package io.fizeau.transports.link.tun;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkReport;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.command.Command;
import io.fizeau.transports.link.kernel.NetworkFiles;
import io.fizeau.transports.link.kernel.TcpRoutes;
import io.fizeau.transports.link.relay.Paths;
import io.fizeau.transports.link.relay.RelayThread;
import io.fizeau.transports.link.relay.WarmUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One device, one relay, two addresses and an alias of each. Thread-safe. */
final class TunLink implements Link {
    static final String DEVICE = "fizeau0";

    /** IP and UDP header; of TCP the first 8 bytes, and its checksum covers the rest: what is turned over is noticed. */
    private static final int PROTECTED_BYTES = 28;
    /** Of an Ethernet frame, so that a rate means the same as that of a token bucket on a device. */
    private static final int FRAMING_BYTES = 14;

    private static final String QUEUE_PACKETS = "10000";

    private final TunCarrier carrier;
    private final RelayThread relay;
    private final TcpRoutes routes;
    /** Counts at the last apply, guarded by this. */
    private Baseline baseline = new Baseline(0, 0, 0, 0, 0);

    private TunLink(final TunCarrier carrier, final RelayThread relay, final TcpRoutes routes) {
        this.carrier = carrier;
        this.relay = relay;
        this.routes = routes;
    }

    static TunLink open() {
        final TunDevice device = TunDevice.open(DEVICE);
        try {
            final TcpRoutes routes = setUp();
            final TunCarrier carrier = new TunCarrier(device);
            return warm(new TunLink(carrier, new RelayThread("fizeau-tun", carrier, paths(Impairment.NONE)), routes));
        } catch (final RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    private static TunLink warm(final TunLink link) {
        try {
            WarmUp.run(link);
            return link;
        } catch (final RuntimeException | Error e) {
            link.close();
            throw e;
        }
    }

    private static TcpRoutes setUp() {
        // Else the kernel sends packets of its own to see who is there.
        NetworkFiles.set("ipv6/conf/" + DEVICE + "/disable_ipv6", "1");
        ip("link set " + DEVICE + " mtu 1500 txqueuelen " + QUEUE_PACKETS + " up");
        ip("address add " + Reflection.CLIENT + "/32 dev " + DEVICE);
        ip("address add " + Reflection.SERVER + "/32 dev " + DEVICE);
        // A queue of its own in front of the device's would only hide what waits; without it no packet waits twice.
        Command.run("tc", "qdisc", "replace", "dev", DEVICE, "root", "noqueue");
        return new TcpRoutes(List.of(
                List.of(Reflection.SERVER_ALIAS, "dev", DEVICE, "src", Reflection.CLIENT),
                List.of(Reflection.CLIENT_ALIAS, "dev", DEVICE, "src", Reflection.SERVER)));
    }

    @Override
    public synchronized void apply(final Impairment impairment) {
        final Paths paths = paths(impairment);
        baseline = relay.ask(() -> {
            relay.replace(paths);
            return count();
        });
    }

    @Override
    public synchronized void tcp(final TcpRoute route) {
        routes.pin(route);
    }

    @Override
    public synchronized LinkReport report() {
        final String trouble = relay.trouble();
        final Baseline before = baseline;
        return relay.ask(() -> {
            final Baseline now = count();
            final long vanished = now.sent - before.sent - (now.read - before.read) + now.refused - before.refused;
            final Paths paths = relay.paths();
            return new LinkReport(
                    "tun",
                    paths.impairment().text(),
                    paths.toServer().counts(),
                    paths.toClient().counts(),
                    vanished,
                    routes.text(),
                    trouble,
                    Map.of(
                            "otherPackets",
                            Long.toString(now.foreign - before.foreign),
                            "receiverOverruns",
                            Long.toString(now.overruns - before.overruns)));
        });
    }

    @Override
    public Blackout blackout(final Duration duration) {
        return relay.blackout(duration);
    }

    @Override
    public String serverBind() {
        return new HostPort(Reflection.SERVER, 0).text();
    }

    @Override
    public Address reach(final Address listening) {
        if (listening instanceof HostPort server && server.host().equals(Reflection.SERVER)) {
            return new HostPort(Reflection.SERVER_ALIAS, server.port());
        }
        throw TransportException.badRequest("address " + listening.text() + " cannot be reached through link=tun: the"
                + " server has to listen at " + serverBind());
    }

    /** Takes the device down with the relay, and with it addresses and routes. */
    @Override
    public void close() {
        relay.close();
    }

    private Baseline count() {
        // A TUN device counts a packet as sent when it is read, and as dropped when its queue is full: what waits is in
        // neither.
        return new Baseline(
                NetworkFiles.sent(DEVICE),
                carrier.readCount(),
                carrier.refusedCount(),
                carrier.foreignCount(),
                NetworkFiles.snmp("Udp", "RcvbufErrors"));
    }

    private static Paths paths(final Impairment impairment) {
        return Paths.of(impairment, PROTECTED_BYTES, FRAMING_BYTES);
    }

    private static void ip(final String words) {
        Command.must(List.of(("ip " + words).split(" ", -1)));
    }

    /**
     * Counts since the device was made.
     *
     * @param sent packets that the kernel meant to send into it.
     * @param read packets that the relay has read.
     * @param refused packets that the kernel did not take back.
     * @param foreign packets read that are neither the client's nor the server's.
     * @param overruns datagrams that a receiver's buffer had no room for, in the whole namespace.
     */
    private record Baseline(long sent, long read, long refused, long foreign, long overruns) {}
}
