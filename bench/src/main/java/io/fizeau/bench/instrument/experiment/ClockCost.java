package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.plan.Row;
import java.time.Duration;
import java.util.List;

/**
 * What a reading of the clock costs: as the benchmark says it, in a tight loop of our own, and in one in C. All three are the least
 * of several batches, because interruptions only ever add.
 */
final class ClockCost implements Experiment {
    /**
     * JMH's loop has a method call and a black hole of its own, nanoTime a call into the JVM: one to three nanoseconds of twenty to
     * forty. And the three are measured one after the other, on a processor whose pace is not ours to set.
     */
    private static final double TOLERANCE_PERCENT = 20;

    private static final String NS = "ns";

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String description() {
        return "the clock's cost by the benchmark, by a tight loop and by one in C";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(5);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final Row row = ForkSeries.clock();
        final double benchmarkNs = laboratory
                .run(new ForkSeries(name(), List.of(row), 1, Duration.ofMillis(500), 10, Duration.ofMillis(100)))
                .first(row)
                .leastScore();
        final double loopNs = laboratory.here(ClockLoops::inJava);
        return List.of(
                Expectation.withinPercent(loopNs, TOLERANCE_PERCENT, NS)
                        .judge(name(), "clockCost, against a loop in Java", benchmarkNs, ""),
                againstC(loopNs, laboratory.here(ClockLoops::inC)));
    }

    private Outcome againstC(final double loopNs, final ClockLoops.Compiled compiled) {
        final String what = "loop in Java, against a loop in C";
        return compiled.trouble().isEmpty()
                ? Expectation.withinPercent(compiled.costNs(), TOLERANCE_PERCENT, NS)
                        .judge(name(), what, loopNs, "")
                : Outcome.skipped(name(), what, compiled.trouble());
    }
}
