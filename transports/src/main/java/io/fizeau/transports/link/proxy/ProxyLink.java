package io.fizeau.transports.link.proxy;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Blackout;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkReport;
import io.fizeau.transports.link.TcpRoute;
import io.fizeau.transports.link.kernel.NetworkFiles;
import io.fizeau.transports.link.relay.Paths;
import io.fizeau.transports.link.relay.RelayThread;
import io.fizeau.transports.link.relay.WarmUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Map;

/**
 * A proxy on the loopback. What {@link #reach} has given holds until the next {@link #apply}, with which servers and clients are
 * forgotten. Thread-safe.
 */
final class ProxyLink implements Link {
    /** Ethernet, IP and UDP headers, less the number that a packet carries here. */
    private static final int FRAMING_BYTES = 42 - ProxyCarrier.NUMBER_BYTES;

    private final ProxyCarrier carrier;
    private final RelayThread relay;

    private ProxyLink(final ProxyCarrier carrier) {
        this.carrier = carrier;
        this.relay = new RelayThread("fizeau-udp-proxy", carrier, paths(Impairment.NONE));
    }

    static ProxyLink open() {
        try {
            final ProxyLink link = new ProxyLink(new ProxyCarrier(Selector.open()));
            try {
                WarmUp.run(link);
                return link;
            } catch (final RuntimeException | Error e) {
                link.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "no proxy can be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public void apply(final Impairment impairment) {
        final Paths paths = paths(impairment);
        relay.ask(() -> {
            carrier.reset();
            relay.replace(paths);
            return true;
        });
    }

    @Override
    public void tcp(final TcpRoute route) {
        if (!route.equals(TcpRoute.SYSTEM)) {
            throw TransportException.badRequest("link=udp-proxy carries no TCP, so tcp=" + route.text()
                    + " cannot be pinned: take link=tun or link=nft");
        }
    }

    @Override
    public LinkReport report() {
        final String trouble = relay.trouble();
        return relay.ask(() -> new LinkReport(
                "udp-proxy",
                relay.paths().impairment().text(),
                relay.paths().toServer().counts(),
                relay.paths().toClient().counts(),
                NetworkFiles.datagramDrops(carrier.ports()),
                "none",
                trouble,
                Map.of("unreachable", Long.toString(carrier.unreachableCount()))));
    }

    @Override
    public Blackout blackout(final Duration duration) {
        return relay.blackout(duration);
    }

    @Override
    public String serverBind() {
        return HostPort.loopback().text();
    }

    @Override
    public Address reach(final Address listening) {
        if (listening instanceof HostPort server) {
            final InetSocketAddress resolved = server.resolve();
            return HostPort.of(relay.ask(() -> carrier.reach(resolved)));
        }
        throw TransportException.badRequest(
                "address " + listening.text() + " cannot be reached through link=udp-proxy: it is no host and port");
    }

    @Override
    public void close() {
        relay.close();
    }

    private static Paths paths(final Impairment impairment) {
        return Paths.of(impairment, ProxyCarrier.NUMBER_BYTES, FRAMING_BYTES);
    }
}
