package io.fizeau.bench.probe;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.LinkSpeed;
import io.fizeau.transports.link.Links;
import java.time.Duration;

/**
 * What a link reaches on this machine. A link that needs a namespace is measured by a JVM of its own in one, which takes half a second
 * more. Not instantiable.
 */
public final class LinkProbe {
    private static final Duration DURATION = Duration.ofMillis(900);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String RESULT = "link-speed ";

    private LinkProbe() {}

    /**
     * Measures, for about a second.
     *
     * @param kind a link that is available.
     * @return what it reaches.
     * @throws TransportException if it does not work after all; the message has its reason.
     */
    public static LinkSpeed run(final LinkKind kind) {
        return kind.needsNamespace() ? inNamespace(kind) : measure(kind);
    }

    /**
     * What the JVM in the namespace does.
     *
     * @param args the name of the link's kind.
     */
    public static void main(final String[] args) {
        try {
            final LinkSpeed speed = measure(Links.named(args[0]));
            System.out.println(
                    RESULT + speed.packetsPerSecond() + ' ' + speed.roundTripNs() + ' ' + speed.loopbackRoundTripNs());
        } catch (final TransportException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static LinkSpeed measure(final LinkKind kind) {
        try (Link link = kind.open()) {
            return LinkSpeed.measure(link, DURATION);
        }
    }

    private static LinkSpeed inNamespace(final LinkKind kind) {
        return LinkJvm.run(kind, LinkProbe.class, "speed", LIMIT).stream()
                .filter(line -> line.startsWith(RESULT))
                .map(LinkProbe::parse)
                .findFirst()
                .orElseThrow(() -> new TransportException(
                        TransportException.NextStep.FAIL_RUN, "link=" + kind.name() + " told no speed"));
    }

    private static LinkSpeed parse(final String line) {
        final String[] figures = line.substring(RESULT.length()).split(" ", -1);
        return new LinkSpeed(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }
}
