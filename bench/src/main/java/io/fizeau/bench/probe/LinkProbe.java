package io.fizeau.bench.probe;

import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.LinkSpeed;
import io.fizeau.transports.link.Links;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a link reaches on this machine. A link that needs a namespace is measured by a JVM of its own in one, which takes half a second
 * more. Not instantiable.
 */
public final class LinkProbe {
    private static final Duration DURATION = Duration.ofMillis(900);
    private static final long PATIENCE_S = 20;
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
        }
    }

    private static LinkSpeed measure(final LinkKind kind) {
        try (Link link = kind.open()) {
            return LinkSpeed.measure(link, DURATION);
        }
    }

    private static LinkSpeed inNamespace(final LinkKind kind) {
        final BenchProperties properties = BenchProperties.read();
        final List<String> command = new ArrayList<>();
        command.add(properties.javaHome().resolve("bin").resolve("java").toString());
        command.addAll(BenchmarkJvm.flags());
        command.addAll(List.of("-cp", properties.classPath(), LinkProbe.class.getName(), kind.name()));
        final Process process = Namespace.start(new ProcessBuilder(command).redirectErrorStream(true));
        try (BufferedReader lines = process.inputReader()) {
            String said = "it said nothing";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(RESULT)) {
                    return parse(line);
                }
                said = line;
            }
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            throw failed("link=" + kind.name() + " cannot be measured: " + said);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "link=" + kind.name() + " cannot be measured: " + e, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportException.NextStep.FAIL_RUN, "interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static LinkSpeed parse(final String line) {
        final String[] figures = line.substring(RESULT.length()).split(" ", -1);
        return new LinkSpeed(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }

    private static TransportException failed(final String message) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, message);
    }
}
