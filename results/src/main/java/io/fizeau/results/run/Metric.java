package io.fizeau.results.run;

import java.util.List;

/**
 * One metric of a JMH result.
 *
 * @param score JMH's own aggregate over all forks, NaN where it wrote none.
 * @param scoreError half the width of JMH's 99.9 % interval, NaN where it wrote none. Not used for any verdict here.
 * @param unit as JMH writes it, for example {@code ns/op}, {@code ops/s}, {@code B/op}.
 * @param forks what each fork measured.
 */
public record Metric(double score, double scoreError, String unit, List<ForkData> forks) {
    /** Copies the list. */
    public Metric {
        forks = List.copyOf(forks);
    }
}
