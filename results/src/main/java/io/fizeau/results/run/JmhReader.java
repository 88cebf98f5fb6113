package io.fizeau.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON file that JMH wrote ({@code -rf json}), of any project. The form is that of JMH 1.37; earlier ones that only lack
 * fields are read too. Stateless.
 */
public final class JmhReader {
    private JmhReader() {}

    /**
     * {@return its results in the order of the file, at least one}
     *
     * @param file what JMH wrote.
     *
     * @throws ResultsException if the file cannot be read, is no JSON, or no JMH result.
     */
    public static List<JmhResult> read(final Path file) {
        final JsonNode root = JsonFile.read(file);
        if (!root.isArray()) {
            throw new ResultsException(file, "is not a JMH result: a JSON array was expected");
        }
        if (root.isEmpty()) {
            throw new ResultsException(
                    file, "holds no result: an empty JSON array, as JMH writes when every benchmark failed");
        }
        final List<JmhResult> results = new ArrayList<>(root.size());
        for (final JsonNode node : root) {
            results.add(result(file, results.size(), node));
        }
        return List.copyOf(results);
    }

    private static JmhResult result(final Path file, final int index, final JsonNode node) {
        final JsonNode primary = node.path("primaryMetric");
        if (!node.path("benchmark").isTextual() || !primary.isObject()) {
            throw new ResultsException(
                    file, "is not a JMH result: entry " + index + " lacks \"benchmark\" or \"primaryMetric\"");
        }
        final Map<String, Metric> secondary = new HashMap<>();
        node.path("secondaryMetrics").properties().forEach(e -> secondary.put(e.getKey(), metric(e.getValue())));
        return new JmhResult(
                JsonFile.text(node, "benchmark"),
                JsonFile.text(node, "mode"),
                JsonFile.integer(node, "threads", 1),
                JsonFile.text(node, "jdkVersion"),
                JsonFile.textMap(node.path("params")),
                metric(primary),
                secondary);
    }

    private static Metric metric(final JsonNode node) {
        final Map<String, Double> percentiles = new HashMap<>();
        node.path("scorePercentiles")
                .properties()
                .forEach(e -> percentiles.put(e.getKey(), JsonFile.number(e.getValue())));
        final List<ForkData> forks = new ArrayList<>();
        for (final JsonNode fork : node.path("rawDataHistogram")) {
            final List<Samples> iterations = new ArrayList<>(fork.size());
            fork.forEach(iteration -> iterations.add(samples(iteration)));
            forks.add(ForkData.ofSamples(iterations));
        }
        if (forks.isEmpty()) {
            for (final JsonNode fork : node.path("rawData")) {
                final List<Double> iterations = new ArrayList<>(fork.size());
                fork.forEach(iteration -> iterations.add(JsonFile.number(iteration)));
                forks.add(ForkData.ofValues(iterations));
            }
        }
        return new Metric(
                JsonFile.number(node, "score"),
                JsonFile.number(node, "scoreError"),
                JsonFile.text(node, "scoreUnit"),
                percentiles,
                forks);
    }

    private static Samples samples(final JsonNode pairs) {
        final Map<Double, Long> counts = new HashMap<>(pairs.size() * 2);
        for (final JsonNode pair : pairs) {
            counts.merge(JsonFile.number(pair.get(0)), pair.path(1).asLong(0), Long::sum);
        }
        return Samples.of(counts);
    }
}
