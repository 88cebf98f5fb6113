package io.fizeau.bench.probe;

import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM that has a link to itself, in a network namespace of its own where the link needs one. Stateless. */
public final class LinkJvm {
    private LinkJvm() {}

    /**
     * Runs a main class, whose first argument is the name of the link, and waits for its end.
     *
     * @param kind the link.
     * @param main the main class; it ends with another status than 0 if it has no answer, and says why in the last line that is not indented.
     * @param question its second argument.
     * @param limit after this time it is ended.
     * @return the lines that it printed.
     * @throws TransportException if it has no answer; the message has its reason.
     */
    public static List<String> run(
            final LinkKind kind, final Class<?> main, final String question, final Duration limit) {
        final BenchProperties properties = BenchProperties.read();
        final List<String> command = new ArrayList<>();
        command.add(properties.javaHome().resolve("bin").resolve("java").toString());
        command.addAll(BenchmarkJvm.flags());
        command.addAll(List.of("-cp", properties.classPath(), main.getName(), kind.name(), question));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        final String what = "link=" + kind.name() + ' ' + question;
        try {
            final Process process = kind.needsNamespace() ? Namespace.start(builder) : builder.start();
            try {
                return lines(process, what, limit);
            } finally {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            throw failed(what + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what + ": interrupted", e);
        }
    }

    private static List<String> lines(final Process process, final String what, final Duration limit)
            throws IOException, InterruptedException {
        // Ends the reading below as well.
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final List<String> lines = said.lines().toList();
        if (process.waitFor() != 0) {
            throw failed(
                    what + ": "
                            + lines.stream()
                                    // Not the places of a stack trace.
                                    .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                                    .reduce("no answer within " + limit.toSeconds() + " s", (first, last) -> last),
                    null);
        }
        return lines;
    }

    private static TransportException failed(final String message, final @Nullable Exception cause) {
        return cause == null
                ? new TransportException(TransportException.NextStep.FAIL_RUN, message)
                : new TransportException(TransportException.NextStep.FAIL_RUN, message, cause);
    }
}
