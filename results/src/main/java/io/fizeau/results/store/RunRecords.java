package io.fizeau.results.store;

import io.fizeau.results.curve.ForkCurve;
import io.fizeau.results.curve.PercentileCurves;
import io.fizeau.results.curve.Point;
import io.fizeau.results.curve.RowCurves;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a run into the lines of the tables. Computes nothing of its own: measures and verdicts come from where all commands have them. */
final class RunRecords {
    private final Run run;
    private final String name;
    private final RecordSink sink;
    private final List<String> problems = new ArrayList<>();

    private RunRecords(final Run run, final String name, final RecordSink sink) {
        this.run = run;
        this.name = name;
        this.sink = sink;
    }

    /**
     * Writes all lines of a run; that of the table of runs is the last.
     *
     * @param run any run that could be read.
     * @param name by which the tables know it.
     * @param sink takes the lines.
     * @return what could not be read, one line each: the curves of the logs concerned are missing.
     */
    static List<String> write(final Run run, final String name, final RecordSink sink) {
        final RunRecords records = new RunRecords(run, name, sink);
        for (int i = 0; i < run.rows().size(); i++) {
            records.row(i, run.rows().get(i));
        }
        run.manifest().sweep().ifPresent(sweep -> sweep.edges().forEach(records::edge));
        records.run();
        return records.problems;
    }

    private void run() {
        final Manifest manifest = run.manifest();
        final Map<String, String> build = manifest.build();
        final String commit = build.getOrDefault("gitCommit", "");
        sink.add(
                StoreTable.RUNS,
                name,
                text(manifest.label()),
                time(manifest.startedAt()),
                time(manifest.endedAt()),
                manifest.complete(),
                text(manifest.incompleteReason()),
                text(manifest.profile()),
                text(manifest.topology()),
                text(build.getOrDefault("version", "")),
                // As git describe says it: what was measured is not quite that commit.
                text(build.getOrDefault("gitDirty", "").equals("true") ? commit + "-dirty" : commit),
                text(manifest.host().getOrDefault("cpuModel", "")),
                whole(new RowKey("", manifest.host()).number("availableProcessors")),
                text(manifest.host().getOrDefault("kernel", "")),
                text(manifest.jvm().getOrDefault("javaVersion", "")),
                text(String.join(" ", manifest.commandLine())),
                text(manifest.interleaved().map(Manifest.Interleaved::id).orElse("")),
                text(manifest.interleaved().map(Manifest.Interleaved::side).orElse("")));
    }

    private void row(final long index, final Row row) {
        final RowKey key = row.key();
        final Validity validity = Validity.of(run, row, ValidityRules.of(run));
        final long ok = row.okForks().size();
        sink.add(
                StoreTable.ROWS,
                name,
                index,
                key.simpleName(),
                key.benchmark(),
                text(row.mode()),
                text(key.param("transport")),
                run.manifest()
                        .transport(key.param("transport"))
                        .map(transport -> transport.blocking() ? "blocking" : "spinning")
                        .orElse(null),
                whole(key.number("messageBytes")),
                number(key.number("rate")),
                text(impairment(row)),
                key.params(),
                ok,
                row.forks().size() - ok,
                validity.isValid(),
                text(String.join("; ", validity.reasons())),
                text(String.join("; ", validity.remarks())));
        for (final Measure measure : Measures.of(row)) {
            for (final ForkResult fork : row.okForks()) {
                fork(index, row, fork, measure, validity.isValid());
            }
        }
        final RowCurves curves = PercentileCurves.read(run, row, latency -> true);
        problems.addAll(curves.problems());
        for (final ForkCurve curve : curves.curves()) {
            for (final Point point : curve.points()) {
                point(index, row, curve, point, validity.isValid());
            }
        }
    }

    private void fork(
            final long index, final Row row, final ForkResult fork, final Measure measure, final boolean isValid) {
        final Double value = number(measure.of(fork));
        if (value == null) {
            return;
        }
        sink.add(
                StoreTable.FORKS,
                name,
                index,
                row.key().simpleName(),
                text(row.key().param("transport")),
                whole(row.key().number("messageBytes")),
                number(row.key().number("rate")),
                text(impairment(row)),
                (long) fork.entry().index(),
                (long) fork.entry().round(),
                measure.name(),
                text(measure.unit()),
                measure.better().name().toLowerCase(Locale.ROOT),
                value,
                isValid);
    }

    private void point(
            final long index, final Row row, final ForkCurve curve, final Point point, final boolean isValid) {
        sink.add(
                StoreTable.PERCENTILES,
                name,
                index,
                row.key().simpleName(),
                text(row.key().param("transport")),
                whole(row.key().number("messageBytes")),
                number(row.key().number("rate")),
                text(impairment(row)),
                (long) curve.fork().entry().index(),
                curve.latency(),
                point.percentile(),
                number(point.valueNs()),
                point.beyond(),
                isValid);
    }

    private void edge(final Manifest.Edge edge) {
        final RowKey key = new RowKey("", edge.params());
        sink.add(
                StoreTable.EDGES,
                name,
                text(key.param("transport")),
                whole(key.number("messageBytes")),
                number(edge.heldPerSecond()),
                number(edge.failedPerSecond()),
                text(edge.state()),
                text(edge.why()));
    }

    /** What the row asked for, or what the link of the whole run did. */
    private static String impairment(final Row row) {
        final String asked = row.key().param("impair");
        return asked.isEmpty() ? row.forks().get(0).entry().notes().getOrDefault("impairment", "") : asked;
    }

    private static @Nullable String text(final String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Double number(final double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable Long whole(final double value) {
        return Double.isFinite(value) ? Math.round(value) : null;
    }

    private static @Nullable Instant time(final String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (final DateTimeParseException ignored) {
            return null;
        }
    }
}
