package io.fizeau.transports.link.proxy;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.NetworkTransports;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything an impairment can ask for, for protocols over UDP that answer to where a datagram came from: a proxy in this process
 * between client and server. Exact by index. Needs no privileges. Immutable and thread-safe.
 */
public final class ProxyKind implements LinkKind {
    private static final Pattern STREAM = Pattern.compile(".*(tcp|tls|http|grpc|websocket).*");

    @Override
    public String name() {
        return "udp-proxy";
    }

    @Override
    public String description() {
        return "everything, for UDP protocols only (not Aeron), without privileges; exact by index";
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public boolean needsNamespace() {
        return false;
    }

    @Override
    public boolean isCarriedByProcess() {
        return true;
    }

    @Override
    public Optional<String> refusal(final Impairment impairment, final String transport) {
        return NetworkTransports.refusal(name(), transport).or(() -> refusal(transport));
    }

    private static Optional<String> refusal(final String transport) {
        final String name = TransportSpec.parse(transport).transport().name();
        if (name.startsWith("aeron")) {
            return Optional.of("link=udp-proxy cannot carry transport=" + transport
                    + ": Aeron's way back goes to a port of its own, past the proxy; take link=tun");
        }
        if (STREAM.matcher(name).matches()) {
            return Optional.of("link=udp-proxy cannot carry transport=" + transport
                    + ": before a byte stream a proxy can only stall, which is not loss; take link=tun or link=nft");
        }
        return Optional.empty();
    }

    @Override
    public Link open() {
        return ProxyLink.open();
    }
}
