package io.fizeau.transports.link.nft;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.NetworkTransports;
import io.fizeau.transports.link.command.Command;
import io.fizeau.transports.link.namespace.Namespace;
import java.util.List;
import java.util.Optional;

/**
 * Loss on the loopback of a namespace, done by the kernel's packet filter: exact by index and counted exactly, at the cost of a
 * loopback. A rate by a token bucket. No delay. The schedule repeats after some hundred thousand packets. Immutable and thread-safe.
 */
public final class NftKind implements LinkKind {
    private static final Impairment TRIAL = Impairment.parse("drops=3;17");

    @Override
    public String name() {
        return "nft";
    }

    @Override
    public String description() {
        return "loss (exact by index) and rate in the real kernel, no delay";
    }

    @Override
    public Availability availability() {
        if (Command.find("nft").isEmpty()) {
            return Availability.no("nft is not installed: apt-get install nftables");
        }
        final Availability namespaces = Namespace.availability();
        if (!namespaces.isAvailable()) {
            return namespaces;
        }
        return Namespace.probe(List.of("nft", "-f", "-"), String.join("", NftRules.scripts(TRIAL)))
                .map(complaint -> Availability.no("nft does not work here (" + complaint
                        + "): it needs a kernel with nf_tables and its numgen and counters"))
                .orElse(Availability.yes());
    }

    @Override
    public boolean needsNamespace() {
        return true;
    }

    @Override
    public Optional<String> refusal(final Impairment impairment, final String transport) {
        return NetworkTransports.refusal(name(), transport).or(() -> refusal(impairment));
    }

    static Optional<String> refusal(final Impairment impairment) {
        for (final Direction direction : Direction.values()) {
            final OneWay way = impairment.direction(direction);
            final boolean isMore = way.delayNs() + way.jitterNs() > 0
                    || way.reorderPpm() + way.duplicatePpm() + way.corruptPpm() > 0
                    || !way.blackouts().isEmpty();
            if (isMore) {
                return Optional.of(
                        "link=nft can do loss, drops and rate only, not " + impairment.text() + ": take link=tun");
            }
            if (!way.loss().isByIndex()) {
                return Optional.of(
                        "link=nft cannot do bursts in time, only by packet: give burst as a number of packets,"
                                + " or take link=tun");
            }
        }
        return Optional.empty();
    }

    @Override
    public Link open() {
        Namespace.requireInside("link=" + name());
        return NftLink.open();
    }
}
