package io.fizeau.results.compare;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one session measured for a row.
 *
 * @param run the session.
 * @param row the row in it.
 * @param reasons why the row is invalid there; empty if it is valid.
 * @param measures by name.
 */
record SessionRow(Run run, Row row, List<String> reasons, Map<String, Measure> measures) {
    static SessionRow of(final Run run, final Row row) {
        final Map<String, Measure> measures = new LinkedHashMap<>();
        Measures.of(row).forEach(measure -> measures.put(measure.name(), measure));
        return new SessionRow(
                run, row, Validity.of(run, row, ValidityRules.of(run)).reasons(), measures);
    }

    boolean isValid() {
        return reasons.isEmpty();
    }

    /** The id of the interleaved pair of runs that this session is one side of; empty if it is none. */
    String pairId() {
        return run.manifest().interleaved().map(Manifest.Interleaved::id).orElse("");
    }

    /** The forks' numbers in the order run; NaN where one has none. */
    double[] values(final String measure) {
        final Measure found = measures.get(measure);
        return found == null
                ? new double[0]
                : row.okForks().stream().mapToDouble(found::of).toArray();
    }

    /** The forks' numbers by the pair they belong to: the id of the interleaved runs and the round. */
    Map<String, Double> byPair(final String measure) {
        final Map<String, Double> values = new LinkedHashMap<>();
        final Measure found = measures.get(measure);
        if (found != null) {
            for (final ForkResult fork : row.okForks()) {
                values.putIfAbsent(pairId() + ' ' + fork.entry().round(), found.of(fork));
            }
        }
        return values;
    }
}
