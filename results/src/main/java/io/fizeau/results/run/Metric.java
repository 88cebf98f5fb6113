package io.fizeau.results.run;

import java.util.List;
import java.util.Map;

/**
 * One metric of a JMH result.
 *
 * @param score JMH's own aggregate over all forks, NaN where it wrote none.
 * @param scoreError half the width of JMH's 99.9 % interval, NaN where it wrote none. Not used for any verdict here.
 * @param unit as JMH writes it, for example {@code ns/op}, {@code ops/s}, {@code B/op}.
 * @param scorePercentiles JMH's own percentiles by their name, for example {@code 99.0}.
 * @param forks what each fork measured.
 */
public record Metric(
        double score, double scoreError, String unit, Map<String, Double> scorePercentiles, List<ForkData> forks) {
    /** Copies the collections. */
    public Metric {
        scorePercentiles = Map.copyOf(scorePercentiles);
        forks = List.copyOf(forks);
    }
}
