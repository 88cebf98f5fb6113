package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkResults;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.instrument.ResultsTable;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.OpenLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A generator that is slow, in two ways. In this JVM, the sending thread burns 1 ms after each message while messages fall due every
 * 0.5 ms: after two seconds it is a second behind, and sends the rest at once, so that messages were late by half a second in the
 * mean, through its fault alone. In a fork, another thread takes the sender's processor for half of the time, as it happens in
 * life: then the table must say who was late, and blame the transport for nothing.
 */
final class SlowGenerator implements Experiment {
    private static final String NAMED = "generator late";
    private static final String RATE = "2000";
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WARMUP_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long TIME_NS = TimeUnit.SECONDS.toNanos(2);
    private static final double EXPECTED_MS = 500;
    /** Each message also takes its send, some ten microseconds beside the millisecond; and other programs delay it more. */
    private static final double LATENESS_PERCENT = 5;

    private static final double SHARE_PERCENT = 2;
    private static final double NS_PER_MS = 1e6;

    @Override
    public String name() {
        return "slow-generator";
    }

    @Override
    public String description() {
        return "a sending thread that is slow, in this JVM and in a fork";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(10);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final List<Outcome> outcomes = new ArrayList<>(laboratory.here(this::pausing));
        outcomes.addAll(crowdedOut(laboratory));
        return outcomes;
    }

    private List<Outcome> pausing() {
        final PhaseReport report;
        final OpenLoopTrial trial = OpenLoopTrial.parse(RATE, "constant", 1, "auto", "10s", 1);
        try (TrialEnds ends = Measuring.ends("none");
                OpenLoop loop = ends.connectOpenLoop(trial)) {
            run(loop, WARMUP_NS, 0);
            report = run(loop, TIME_NS, PAUSE_NS);
        }
        final double latenessNs = report.generatorLateness().meanNs();
        final String note = "mean send lag " + Expectation.text(report.sendLag().meanNs() / NS_PER_MS, "ms")
                + ", mean flight " + Expectation.text(report.flight().meanNs() / NS_PER_MS, "ms");
        return List.of(
                Expectation.withinPercent(EXPECTED_MS, LATENESS_PERCENT, "ms")
                        .judge(name(), "mean generator lateness", latenessNs / NS_PER_MS, note),
                Expectation.withinPercent(1, SHARE_PERCENT, "")
                        .judge(
                                name(),
                                "its share of the response time",
                                latenessNs / report.response().meanNs(),
                                note));
    }

    private List<Outcome> crowdedOut(final Laboratory laboratory) {
        final OptionalInt cpu = CpuPlacement.choose(CpuPlacement.AUTO, CpuPlacement.AUTO, CpuAffinity.allowed())
                .client();
        if (cpu.isEmpty()) {
            return List.of(Outcome.skipped(name(), "the table's verdict", "threads share the only processor anyway"));
        }
        final Row row =
                ForkSeries.open(Measuring.TRANSPORT, "rate", RATE, "clientCpu", Integer.toString(cpu.getAsInt()));
        final ForkResults results;
        try (Crowd crowd = Crowd.on(cpu.getAsInt())) {
            if (!crowd.trouble().isEmpty()) {
                return List.of(Outcome.skipped(name(), "the table's verdict", crowd.trouble()));
            }
            results = laboratory.run(ForkSeries.once(name(), row, Duration.ofMillis(500), Duration.ofSeconds(2)));
        }
        final ResultsTable table = laboratory.results(results.folder());
        if (table == null) {
            return List.of(TableAnswers.noTable(name(), "the table's verdict"));
        }
        final List<String> others = TableAnswers.reasons(table).stream()
                .filter(reason -> !reason.contains(NAMED))
                .toList();
        return List.of(
                TableAnswers.invalid(name(), table, NAMED, ""),
                Outcome.answer(
                        name(),
                        "the transport blamed",
                        "for nothing",
                        others.isEmpty() ? "for nothing" : "for something",
                        others.isEmpty(),
                        String.join("; ", others)));
    }

    private static PhaseReport run(final OpenLoop loop, final long timeNs, final long pauseNs) {
        loop.begin(Check.SEQUENCE);
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < timeNs) {
            loop.sendNext();
            final long sentNs = System.nanoTime();
            while (System.nanoTime() - sentNs < pauseNs) {
                Thread.onSpinWait();
            }
        }
        return loop.end();
    }
}
