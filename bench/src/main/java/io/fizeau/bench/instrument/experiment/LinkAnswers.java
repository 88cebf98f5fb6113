package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.traffic.LinkProbe;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks a link by a JVM of its own, within a namespace where the link needs one. Stateless. */
final class LinkAnswers {
    private static final long PATIENCE_S = 10;

    private LinkAnswers() {}

    /**
     * Asks.
     *
     * @return name to number, in the order told.
     * @throws TransportException with what the other JVM complains of.
     */
    static Map<String, Double> ask(final LinkKind kind, final String question) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(BenchmarkJvm.flags());
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), LinkProbe.class.getName(), kind.name(), question));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        try {
            final Process process = kind.needsNamespace() ? Namespace.start(builder) : builder.start();
            try {
                return answers(process, kind.name() + ' ' + question);
            } finally {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "no JVM can be started: " + e.getMessage(), e);
        }
    }

    private static Map<String, Double> answers(final Process process, final String what) throws IOException {
        final Map<String, Double> answers = new LinkedHashMap<>();
        String complaint = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] words = line.split(" ", -1);
                if (words.length == 2 && words[1].matches("-?\\d+\\.\\d+")) {
                    answers.put(words[0], Double.valueOf(words[1]));
                } else if (complaint.isEmpty()) {
                    complaint = line;
                }
            }
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        what + ": " + (complaint.isEmpty() ? "no answer" : complaint));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportException.NextStep.STOP, what + ": interrupted", e);
        }
        return answers;
    }
}
