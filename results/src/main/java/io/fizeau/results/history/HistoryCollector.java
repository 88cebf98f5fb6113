package io.fizeau.results.history;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes from each run what its rows' histories need, and lets go of the rest. One thread. */
final class HistoryCollector {
    private final HistoryOptions options;
    private final Map<RowKey, Series> series = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private final Set<String> others = new TreeSet<>();
    private final Set<String> otherMeasures = new LinkedHashSet<>();
    private int order;

    HistoryCollector(final HistoryOptions options) {
        this.options = options;
    }

    void unreadable(final ResultsException e) {
        (e.holdsNothing() ? notices : problems).add(String.valueOf(e.getMessage()));
    }

    void add(final Run run) {
        if (!options.isMeant(run)) {
            return;
        }
        if (!seen.add(run.identity())) {
            notices.add(run.location() + ": is a run that is here already; it counts once");
            return;
        }
        run.problems().forEach(problem -> notices.add(run.location() + ": " + problem));
        final int place = order++;
        for (final Row row : run.rows()) {
            if (options.isMeant(row.key())) {
                measure(row).ifPresentOrElse(measure -> add(run, row, measure, place), () -> miss(row));
            } else {
                others.add(row.key().simpleName() + ' ' + row.key().param("transport"));
            }
        }
    }

    private void miss(final Row row) {
        if (series.isEmpty()) {
            Measures.of(row).forEach(measure -> otherMeasures.add(measure.name()));
        }
    }

    private Optional<Measure> measure(final Row row) {
        return options.metric().isEmpty() ? Measures.headline(row) : Measures.find(row, options.metric());
    }

    private void add(final Run run, final Row row, final Measure measure, final int place) {
        final Series joined = series.computeIfAbsent(row.key(), key -> new Series(key, measure));
        if (!joined.measure().unit().equals(measure.unit())
                || !joined.measure().name().equals(measure.name())) {
            problems.add(run.location() + ": " + row.key() + " has " + measure.name() + " in " + measure.unit()
                    + " where another run has " + joined.measure().name() + " in "
                    + joined.measure().unit() + "; it is left out");
            return;
        }
        final Manifest manifest = run.manifest();
        joined.add(
                place,
                Machine.of(manifest),
                new HistoryPoint(
                        String.valueOf(run.location().getFileName()),
                        manifest.startedAt(),
                        manifest.label(),
                        manifest.build().getOrDefault("gitCommit", "")
                                + (manifest.build().getOrDefault("gitDirty", "").equals("true") ? "-dirty" : ""),
                        ForkMetrics.over(row, measure::of),
                        Validity.of(run, row, ValidityRules.of(run)),
                        List.of()));
    }

    Histories histories() {
        final List<History> rows = series.values().stream()
                .map(joined -> joined.history(options.change(), problems))
                .toList();
        if (rows.isEmpty()) {
            sayWhyThereIsNone();
        }
        return new Histories(
                rows,
                problems.stream().distinct().toList(),
                notices.stream().distinct().toList());
    }

    private void sayWhyThereIsNone() {
        if (!otherMeasures.isEmpty()) {
            problems.add(
                    "no row has a measure " + options.metric() + "; there are: " + String.join(", ", otherMeasures));
        } else if (!others.isEmpty()) {
            problems.add("no row is meant by the options; there are: " + String.join(", ", others));
        } else if (problems.isEmpty()) {
            problems.add(
                    "no run" + (options.label().isEmpty() ? "" : " with the label " + options.label()) + " is there");
        }
    }
}
