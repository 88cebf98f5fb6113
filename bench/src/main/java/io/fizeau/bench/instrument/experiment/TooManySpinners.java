package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkResults;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.plan.Row;
import java.time.Duration;
import java.util.List;

/**
 * More threads spin than there are processors for them: each waits for another to lose its turn, and a round trip takes time slices
 * instead of microseconds. Once both ends spin on one processor of several, and once both transports' own threads spin where a single
 * processor is allowed. The table must say so instead of telling the transport's latency.
 */
final class TooManySpinners implements Experiment {
    private static final String ONE_PLACE = "both spin on processor";
    private static final String TOO_FEW = "only 1 processor is allowed";

    /** Spins however few processors there are, because somebody asks for it. */
    private static final String SPINNING = Measuring.TRANSPORT + "?driving=own&idle=spin";

    @Override
    public String name() {
        return "spinners";
    }

    @Override
    public String description() {
        return "two spinning threads on one processor, and more than are allowed";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(18);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        return List.of(inOnePlace(laboratory), withTooFewProcessors(laboratory));
    }

    private Outcome inOnePlace(final Laboratory laboratory) {
        if (CpuAffinity.allowed().size() < 2) {
            return Outcome.skipped(name(), "two on one of several", "on a single processor no end spins by default");
        }
        final String cpu = Integer.toString(CpuAffinity.allowed().get(0));
        return verdict(
                laboratory,
                "two on one of several",
                ForkSeries.closed(Measuring.TRANSPORT, 1, "clientCpu", cpu, "serverCpu", cpu),
                ONE_PLACE);
    }

    private Outcome withTooFewProcessors(final Laboratory laboratory) {
        final CpuSet all = CpuAffinity.allowed();
        // Processes inherit it from the thread that starts them.
        final String trouble = CpuAffinity.set(CpuSet.of(all.get(0)));
        if (!trouble.isEmpty()) {
            return Outcome.skipped(name(), "two where one is allowed", trouble);
        }
        try {
            return verdict(laboratory, "two where one is allowed", ForkSeries.closed(SPINNING, 1), TOO_FEW);
        } finally {
            CpuAffinity.set(all);
        }
    }

    private Outcome verdict(final Laboratory laboratory, final String what, final Row row, final String named) {
        final ForkResults results =
                laboratory.run(ForkSeries.once(name(), row, Duration.ofMillis(500), Duration.ofSeconds(2)));
        return TableAnswers.invalid(name(), what, laboratory.results(results.folder()), named, "");
    }
}
