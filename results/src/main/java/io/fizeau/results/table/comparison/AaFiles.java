package io.fizeau.results.table.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.aa.AaLine;
import io.fizeau.results.aa.AaRate;
import io.fizeau.results.aa.AaReport;
import io.fizeau.results.csv.Csv;
import io.fizeau.results.stats.Proportion;
import io.fizeau.results.table.JsonValues;
import java.util.ArrayList;
import java.util.List;

/** A machine beside itself for a notebook and for a program. */
final class AaFiles {
    /** The version of the form. */
    static final String SCHEMA = "fizeau.aa/1";

    private static final List<String> HEADER = List.of(
            "run_base",
            "run_candidate",
            "benchmark",
            "transport",
            "message_bytes",
            "params",
            "metric",
            "rounds",
            "ratio",
            "ratio_low",
            "ratio_high",
            "p",
            "spread",
            "relabelled");

    private AaFiles() {}

    /** One line for each measure of each row; the rates of the measures are in the JSON. */
    static String csv(final AaReport report) {
        final List<List<String>> lines = new ArrayList<>();
        final List<String> header = new ArrayList<>(HEADER);
        AaLine.FORKS.forEach(forks -> header.add("detects_" + forks));
        AaLine.FORKS.forEach(forks -> header.add("detects_" + forks + "_at_most"));
        lines.add(header);
        for (final AaLine line : report.lines()) {
            final ObjectNode params = JsonNodeFactory.instance.objectNode();
            line.row().params().forEach(params::put);
            final List<String> fields = new ArrayList<>(List.of(
                    ComparisonCsv.runs(report.comparison().base()),
                    ComparisonCsv.runs(report.comparison().candidate()),
                    line.row().simpleName(),
                    line.row().param("transport"),
                    Csv.number(line.row().number("messageBytes")),
                    params.toString(),
                    line.measure().name()));
            fields.addAll(Csv.numbers(
                    line.ratio().pairs(),
                    line.ratio().ratio(),
                    line.ratio().low(),
                    line.ratio().high(),
                    line.ratio().pValue(),
                    line.ratio().sdLog(),
                    line.relabelled()));
            AaLine.FORKS.forEach(forks -> fields.add(Csv.number(line.detectable(forks))));
            AaLine.FORKS.forEach(forks -> fields.add(Csv.number(line.detectableAtMost(forks))));
            lines.add(fields);
        }
        return Csv.lines(lines);
    }

    static String json(final AaReport report) {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA)
                .put("base", ComparisonCsv.runs(report.comparison().base()))
                .put("candidate", ComparisonCsv.runs(report.comparison().candidate()))
                .put("sameBuild", report.isSameBuild())
                .put("rounds", report.rounds());
        final ArrayNode rates = root.putArray("rates");
        for (final AaRate rate : report.rates()) {
            final ObjectNode node =
                    rates.addObject().put("metric", rate.measure()).put("rows", rate.rows());
            proportion(node.putObject("paired"), rate.paired());
            JsonValues.put(node, "relabelled", rate.relabelled());
            JsonValues.put(node, "relabelledLow", rate.relabelledLow());
            JsonValues.put(node, "relabelledHigh", rate.relabelledHigh());
            proportion(node.putObject("separate"), rate.separate());
        }
        final ArrayNode lines = root.putArray("lines");
        for (final AaLine line : report.lines()) {
            final ObjectNode node =
                    lines.addObject().put("benchmark", line.row().benchmark());
            final ObjectNode params = node.putObject("params");
            line.row().params().forEach(params::put);
            node.put("metric", line.measure().name()).put("rounds", line.ratio().pairs());
            JsonValues.put(node, "ratio", line.ratio().ratio());
            JsonValues.put(node, "low", line.ratio().low());
            JsonValues.put(node, "high", line.ratio().high());
            JsonValues.put(node, "p", line.ratio().pValue());
            JsonValues.put(node, "spread", line.ratio().sdLog());
            JsonValues.put(node, "relabelled", line.relabelled());
            final ObjectNode detects = node.putObject("detects");
            final ObjectNode atMost = node.putObject("detectsAtMost");
            for (final int forks : AaLine.FORKS) {
                JsonValues.put(detects, "" + forks, line.detectable(forks));
                JsonValues.put(atMost, "" + forks, line.detectableAtMost(forks));
            }
        }
        final ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        final ArrayNode problems = root.putArray("problems");
        report.comparison().problems().forEach(problems::add);
        return ComparisonJson.text(root);
    }

    private static void proportion(final ObjectNode node, final Proportion proportion) {
        node.put("called", proportion.hits()).put("of", proportion.trials());
        JsonValues.put(node, "share", proportion.share());
        JsonValues.put(node, "low", proportion.low());
        JsonValues.put(node, "high", proportion.high());
    }
}
