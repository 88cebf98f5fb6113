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
import io.fizeau.results.table.JsonValues;
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
        JsonValues.put(node, "ratio", ratio.ratio());
        JsonValues.put(node, "low", ratio.low());
        JsonValues.put(node, "high", ratio.high());
        JsonValues.put(node, "p", ComparisonCsv.testP(comparison, line));
        JsonValues.put(node, "pHolm", line.holmP());
        JsonValues.put(node, "rankP", line.rankP());
        JsonValues.put(node, "cliffsDelta", line.cliffsDelta());
        JsonValues.put(node, "detectable", line.detectable());
        node.put("verdict", line.verdict().label());
        node.set("reasons", JsonValues.texts(line.reasons()));
    }

    private static void summary(final ObjectNode node, final Summary summary, final int samples) {
        node.put("forks", summary.count()).put("samples", samples);
        JsonValues.put(node, "median", summary.median());
        JsonValues.put(node, "min", summary.min());
        JsonValues.put(node, "max", summary.max());
    }

    static String text(final ObjectNode root) {
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }
}
