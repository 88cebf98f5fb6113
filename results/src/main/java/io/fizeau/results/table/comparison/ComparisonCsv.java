package io.fizeau.results.table.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.Design;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.Side;
import io.fizeau.results.csv.Csv;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison for a notebook: a line for each measure of each row, in the order of the runs. */
final class ComparisonCsv {
    private static final List<String> HEADER = List.of(
            "run_base",
            "run_candidate",
            "benchmark",
            "transport",
            "message_bytes",
            "rate",
            "impair",
            "params",
            "metric",
            "unit",
            "better",
            "base",
            "base_low",
            "base_high",
            "candidate",
            "candidate_low",
            "candidate_high",
            "ratio",
            "ratio_low",
            "ratio_high",
            "p",
            "p_holm",
            "rank_p",
            "cliffs_delta",
            "detectable",
            "n_base",
            "n_candidate",
            "design",
            "verdict",
            "reasons");

    private ComparisonCsv() {}

    static String render(final RunComparison comparison) {
        final List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        comparison.lines().forEach(line -> lines.add(fields(comparison, line)));
        return Csv.lines(lines);
    }

    private static List<String> fields(final RunComparison comparison, final ComparedLine line) {
        final RowKey row = line.row();
        final RatioEstimate ratio = line.ratio();
        final ObjectNode params = JsonNodeFactory.instance.objectNode();
        row.params().forEach(params::put);
        final List<String> fields = new ArrayList<>(List.of(
                runs(comparison.base()),
                runs(comparison.candidate()),
                row.simpleName(),
                row.param("transport"),
                Csv.number(row.number("messageBytes")),
                Csv.number(row.number("rate")),
                row.param("impair"),
                params.toString(),
                line.measure().name(),
                line.measure().unit(),
                line.measure().better().name().toLowerCase(Locale.ROOT)));
        fields.addAll(Csv.numbers(
                line.base().median(),
                line.base().min(),
                line.base().max(),
                line.candidate().median(),
                line.candidate().min(),
                line.candidate().max(),
                ratio.ratio(),
                ratio.low(),
                ratio.high(),
                testP(comparison, line),
                line.holmP(),
                line.rankP(),
                line.cliffsDelta(),
                line.detectable(),
                ratio.baseCount(),
                ratio.candidateCount()));
        fields.add(comparison.design().name());
        fields.add(line.verdict().label());
        fields.add(String.join("; ", line.reasons()));
        return fields;
    }

    /** Between two sessions the test of the forks answers a question that nobody asked. */
    static double testP(final RunComparison comparison, final ComparedLine line) {
        return comparison.design() == Design.SESSION_CONFOUNDED
                ? Double.NaN
                : line.ratio().pValue();
    }

    static String runs(final Side side) {
        return side.sessions().stream()
                .map(run -> String.valueOf(run.location().getFileName()))
                .collect(Collectors.joining(" "));
    }
}
