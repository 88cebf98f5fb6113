package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkResults;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.plan.Row;
import java.time.Duration;
import java.util.List;

/**
 * Both ends spin on one processor: each waits for the other to lose its turn, and a round trip takes time slices instead of
 * microseconds. The table must say so instead of telling the transport's latency.
 */
final class TooManySpinners implements Experiment {
    private static final String NAMED = "both spin on processor";

    @Override
    public String name() {
        return "spinners";
    }

    @Override
    public String description() {
        return "two spinning threads on one processor";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(9);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        if (CpuAffinity.allowed().size() < 2) {
            return List.of(
                    Outcome.skipped(name(), "the table's verdict", "on a single processor no end spins by default"));
        }
        final String cpu = Integer.toString(CpuAffinity.allowed().get(0));
        final Row row = ForkSeries.closed(Measuring.TRANSPORT, 1, "clientCpu", cpu, "serverCpu", cpu);
        final ForkResults results =
                laboratory.run(ForkSeries.once(name(), row, Duration.ofMillis(500), Duration.ofSeconds(2)));
        return List.of(TableAnswers.invalid(name(), laboratory.results(results.folder()), NAMED, ""));
    }
}
