package io.fizeau.results.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.fizeau.results.run.ResultsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A statement of the docs about what was measured, with what would show that it no longer holds.
 *
 * @param id names it in the table.
 * @param doc the page, relative to the working tree.
 * @param quote the words of the page, as they stand there but for line breaks.
 * @param test what to measure and how far off it may be; empty for a claim that no reference run can show.
 * @param why for a claim that is only recorded: what it would take to see it again.
 */
record Claim(String id, String doc, String quote, Optional<Test> test, String why) {
    static final String SCHEMA = "fizeau.claims/1";

    private static final String BENCHMARK = "benchmark";
    private static final String MEASURE = "measure";

    /**
     * What a claim is held against.
     *
     * @param run the reference run.
     * @param figure whose value is claimed.
     * @param over what it is divided by, fork by fork of a round; empty where the value itself is claimed.
     * @param unit of the value: that of the measure, or {@code x} for a ratio.
     * @param low the least that is within the claim, {@code -Infinity} without such a limit.
     * @param high the most, {@code Infinity} without such a limit.
     */
    record Test(String run, Figure figure, Optional<Figure> over, String unit, double low, double high) {}

    /**
     * A measure of a row.
     *
     * @param benchmark as {@code Class.method}.
     * @param params that the row must have, with these values; others do not matter as long as one row is left.
     * @param measure its name.
     */
    record Figure(String benchmark, Map<String, String> params, String measure) {
        Figure {
            params = Map.copyOf(params);
        }

        @Override
        public String toString() {
            return measure + " of " + benchmark + " " + new TreeMap<>(params);
        }
    }

    /**
     * Reads claims.
     *
     * @throws ResultsException one line that names the file and what is wrong with it.
     */
    static List<Claim> read(final Path claims) {
        final ArtifactFile file = ArtifactFile.read(claims, SCHEMA);
        final List<Claim> read = new ArrayList<>();
        for (final JsonNode node : file.list("claims")) {
            final String id = file.text(node, "a claim", "id");
            final String of = "claim " + id;
            if (read.stream().anyMatch(claim -> claim.id().equals(id))) {
                throw file.wrong("has " + of + " twice");
            }
            final boolean isRecorded = node.has("recorded");
            read.add(new Claim(
                    id,
                    file.text(node, of, "doc"),
                    file.text(node, of, "quote"),
                    isRecorded ? Optional.empty() : Optional.of(test(file, node, of)),
                    isRecorded ? file.text(node, of, "recorded") : ""));
        }
        return List.copyOf(read);
    }

    private static Test test(final ArtifactFile file, final JsonNode node, final String of) {
        final Figure figure = figure(file, node, of, Map.of(), file.text(node, of, MEASURE));
        final Optional<Figure> over = node.has("over")
                ? Optional.of(figure(file, node.path("over"), of, figure.params(), figure.measure()))
                : Optional.empty();
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        if (node.has("value")) {
            final double value = file.number(node, of, "value");
            final double tolerance = file.number(node, of, "tolerance");
            low = value / (1 + tolerance);
            high = value * (1 + tolerance);
        }
        if (node.has("atLeast")) {
            low = file.number(node, of, "atLeast");
        }
        if (node.has("atMost")) {
            high = file.number(node, of, "atMost");
        }
        if (!(low <= high) || (Double.isInfinite(low) && Double.isInfinite(high))) {
            throw file.wrong(of + " has neither a value with a tolerance nor atLeast or atMost");
        }
        return new Test(file.text(node, of, "run"), figure, over, file.text(node, of, "unit"), low, high);
    }

    /** What {@code over} leaves out is that of the figure itself. */
    private static Figure figure(
            final ArtifactFile file,
            final JsonNode node,
            final String of,
            final Map<String, String> inherited,
            final String measure) {
        final Map<String, String> params = new TreeMap<>(inherited);
        params.putAll(ArtifactFile.texts(node.path("params")));
        return new Figure(
                file.text(node, of, BENCHMARK), params, node.has(MEASURE) ? file.text(node, of, MEASURE) : measure);
    }
}
