package io.fizeau.results.table.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.Side;
import io.fizeau.results.stats.RatioEstimate;
import io.fizeau.results.stats.Summary;
import java.util.Locale;

/** A comparison for a program: everything, in full precision, with null where there is no number. */
final class ComparisonJson {
    /** The version of the form. */
    static final String SCHEMA = "fizeau.comparison/1";

    private ComparisonJson() {}

    static String render(final RunComparison comparison) {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        runs(root.putArray("base"), comparison.base());
        runs(root.putArray("candidate"), comparison.candidate());
        root.put("design", comparison.design().name())
                .put("threshold", comparison.threshold())
                .put("family", comparison.family());
        final ArrayNode lines = root.putArray("lines");
        comparison.lines().forEach(line -> line(lines.addObject(), comparison, line));
        final ArrayNode differences = root.putArray("differences");
        comparison
                .differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("field", difference.field())
                        .put("base", difference.base())
                        .put("candidate", difference.candidate()));
        final ArrayNode problems = root.putArray("problems");
        comparison.problems().forEach(problems::add);
        return text(root);
    }

    private static void runs(final ArrayNode array, final Side side) {
        side.sessions().forEach(run -> array.add(run.location().toString()));
    }

    private static void line(final ObjectNode node, final RunComparison comparison, final ComparedLine line) {
        final RatioEstimate ratio = line.ratio();
        node.put("benchmark", line.row().benchmark());
        final ObjectNode params = node.putObject("params");
        line.row().params().forEach(params::put);
        node.put("metric", line.measure().name())
                .put("unit", line.measure().unit())
                .put("better", line.measure().better().name().toLowerCase(Locale.ROOT));
        summary(node.putObject("base"), line.base(), ratio.baseCount());
        summary(node.putObject("candidate"), line.candidate(), ratio.candidateCount());
        put(node, "ratio", ratio.ratio());
        put(node, "low", ratio.low());
        put(node, "high", ratio.high());
        put(node, "p", ComparisonCsv.testP(comparison, line));
        put(node, "pHolm", line.holmP());
        put(node, "rankP", line.rankP());
        put(node, "cliffsDelta", line.cliffsDelta());
        put(node, "detectable", line.detectable());
        node.put("verdict", line.verdict().label());
        final ArrayNode reasons = node.putArray("reasons");
        line.reasons().forEach(reasons::add);
    }

    private static void summary(final ObjectNode node, final Summary summary, final int samples) {
        node.put("forks", summary.count()).put("samples", samples);
        put(node, "median", summary.median());
        put(node, "min", summary.min());
        put(node, "max", summary.max());
    }

    static void put(final ObjectNode node, final String name, final double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    static String text(final ObjectNode root) {
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }
}
