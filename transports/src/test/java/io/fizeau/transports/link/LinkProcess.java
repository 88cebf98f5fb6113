package io.fizeau.transports.link;

import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** Runs {@link LinkChild} in a JVM of its own, in a namespace where the link needs one. */
final class LinkProcess {
    private LinkProcess() {}

    /** Skips the test, and says why, where a link cannot be had. */
    static void assume(final String kind) {
        final Availability availability = Links.named(kind).availability();
        Assumptions.assumeTrue(
                availability.isAvailable(), () -> "link=" + kind + " is not available: " + availability.reason());
    }

    /** The result of a child, name to text. */
    static Map<String, String> run(final String... arguments) throws IOException, InterruptedException {
        final Process process = start(arguments);
        try (BufferedReader lines = process.inputReader()) {
            final List<String> printed = lines.lines().toList();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join("\n", printed));
            }
            return printed.stream()
                    .filter(line -> line.indexOf('=') > 0)
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1),
                            (first, second) -> second,
                            LinkedHashMap::new));
        } finally {
            process.destroyForcibly();
        }
    }

    static Process start(final String... arguments) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(java(LinkChild.class, arguments)).redirectErrorStream(true);
        return Links.named(arguments[1]).needsNamespace() ? Namespace.start(builder) : builder.start();
    }

    static List<String> java(final Class<?> main, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-ea",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
