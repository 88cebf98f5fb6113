package io.fizeau.bench.doctor;

import io.fizeau.bench.probe.LinkProbe;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.LinkSpeed;
import io.fizeau.transports.link.Links;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Which bad links can be had here, and how fast those are that carry packets through a process. */
final class LinkExamination {
    private static final Map<String, Long> WANTED_PACKETS_PER_SECOND = Map.of("tun", 100_000L, "udp-proxy", 50_000L);
    private static final long MOST_ADDED_NS = 20_000;

    private LinkExamination() {}

    static List<Finding> findings() {
        return findings(Links.all(), LinkProbe::run);
    }

    static List<Finding> findings(final List<LinkKind> kinds, final Function<LinkKind, LinkSpeed> probe) {
        final List<Finding> findings = new ArrayList<>();
        for (final LinkKind kind : kinds) {
            final Availability availability = kind.availability();
            findings.add(
                    availability.isAvailable()
                            ? available(kind, probe)
                            : Finding.ok(subject(kind), "not to be had: " + availability.reason()));
        }
        return findings;
    }

    private static Finding available(final LinkKind kind, final Function<LinkKind, LinkSpeed> probe) {
        if (!kind.isCarriedByProcess()) {
            return Finding.ok(subject(kind), "there: " + kind.description());
        }
        try {
            return judged(kind, probe.apply(kind));
        } catch (final TransportException e) {
            return Finding.warn(subject(kind), "it seemed to be there", String.valueOf(e.getMessage()));
        }
    }

    private static Finding judged(final LinkKind kind, final LinkSpeed speed) {
        final String text = String.format(
                Locale.ROOT,
                "%,d packets/s, adds %.1f us to a round trip; %s",
                speed.packetsPerSecond(),
                speed.addedRoundTripNs() / 1e3,
                kind.description());
        if (speed.packetsPerSecond() < WANTED_PACKETS_PER_SECOND.getOrDefault(kind.name(), 0L)) {
            return Finding.warn(subject(kind), text, "keep well under that rate, or what vanishes makes a run invalid");
        }
        return speed.addedRoundTripNs() > MOST_ADDED_NS
                ? Finding.warn(
                        subject(kind),
                        text,
                        "give delays of many times that, or it shows beside them; end what else runs here")
                : Finding.ok(subject(kind), text);
    }

    private static String subject(final LinkKind kind) {
        return "link " + kind.name();
    }
}
