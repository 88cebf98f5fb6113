package io.fizeau.bench.sweep;

import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.PlannedFork;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.RoundOrder;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.Side;
import io.fizeau.bench.progress.SweepProgress;
import io.fizeau.bench.rounds.ForkBuild;
import io.fizeau.bench.rounds.ForkOutcome;
import io.fizeau.bench.rounds.ForkRunner;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.rounds.RunOutcome;
import io.fizeau.bench.rounds.RunRecord;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.transport.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/**
 * Runs a sweep, step by step. In each step every transport whose search is not over has one probe, a fork of its own, in an order that
 * follows from the seed: so a slow minute of the machine does not fall on one transport. What was measured is on disk before the next
 * fork starts. Used by one thread.
 */
public final class Sweep {
    /** The note of a fork that says whether its rate held. */
    private static final String VERDICT = "sweep";

    private final SweepPlan plan;
    private final RunFacts facts;
    private final SweepProgress progress;
    private final Interruption interruption;
    private final Map<Row, Track> tracks = new LinkedHashMap<>();
    private long spentNs; // by probe
    private int probes; // by probe

    /**
     * Creates a sweep.
     *
     * @param plan what to do.
     * @param facts what the manifest says beside the forks.
     * @param progress is told how far it is.
     * @param interruption says when to stop early.
     */
    public Sweep(
            final SweepPlan plan, final RunFacts facts, final SweepProgress progress, final Interruption interruption) {
        this.plan = plan;
        this.facts = facts;
        this.progress = progress;
        this.interruption = interruption;
        plan.rows().rows().forEach(row -> tracks.put(row, new Track(row, plan, criterion(row))));
    }

    /**
     * Runs it to its end, or until it is interrupted.
     *
     * @param folder where everything is kept; the manifest in it is true at any time.
     * @return how it went; a transport of which no rate held counts as failed.
     */
    public RunOutcome run(final RunFolder folder) {
        final RunRecord record = new RunRecord(folder, plan.rows(), facts);
        record.onSweep(found());
        int step = 0;
        for (List<Row> open = open(); !open.isEmpty() && !interruption.isRequested(); open = open()) {
            final List<Row> order = RoundOrder.of(open, plan.rows().seed(), step, 1);
            for (int place = 0; place < order.size() && !interruption.isRequested(); place++) {
                probe(folder, record, order.get(place), step, place);
            }
            if (!interruption.isRequested()) {
                record.onRoundEnd();
            }
            step++;
        }
        final boolean isComplete = !interruption.isRequested();
        if (isComplete) {
            progress.onStep("measuring the machine once more");
            facts.probes().runAfter();
        }
        record.onSweep(found());
        record.finish(isComplete, isComplete ? "" : "interrupted after " + record.forkCount() + " forks");
        final long withoutRate = tracks.values().stream()
                .filter(track -> track.edge().heldPerSecond() == 0)
                .count();
        return new RunOutcome(isComplete, record.forkCount(), withoutRate);
    }

    private List<Row> open() {
        final List<Row> open = new ArrayList<>();
        tracks.forEach((row, track) -> {
            if (track.nextRate().isPresent()) {
                open.add(row);
            }
        });
        return open;
    }

    private void probe(
            final RunFolder folder, final RunRecord record, final Row base, final int step, final int place) {
        final Track track = tracks.get(base);
        if (track == null) {
            throw new IllegalStateException("no such row: " + base);
        }
        final double rate = track.nextRate().orElseThrow();
        final Duration time = track.timeAt(rate);
        final Row row = track.rowAt(rate);
        progress.onLeft(left());
        progress.onFork(record.forkCount(), step, new PlannedFork(row, Side.ALONE));
        final long startNs = System.nanoTime();
        final ForkOutcome outcome;
        try (ForkRunner runner = new ForkRunner(Profile.QUICK, arguments(time), folder, RunLink.NONE, ForkBuild.OURS)) {
            outcome = runner.run(row, record.forkCount(), step);
        }
        spentNs += System.nanoTime() - startNs;
        probes++;
        if (interruption.isRequested() && !outcome.isOk()) {
            record.add(row, step, place, outcome.interrupted());
            return;
        }
        final Judgement judgement = judge(track, outcome, rate, time);
        final boolean isLengthened = judgement.outcome() == Outcome.UNCLEAR && track.isWorthLonger(rate, time);
        if (!isLengthened) {
            track.onOutcome(rate, judgement);
        }
        final String verdict = isLengthened ? "lengthened" : judgement.outcome().label();
        record.onSweep(found());
        record.add(
                row,
                step,
                place,
                outcome.withNotes(Map.of(
                        VERDICT,
                        verdict,
                        VERDICT + "Why",
                        judgement.why(),
                        VERDICT + "RateKept",
                        Boolean.toString(judgement.isRateKept()))));
        progress.onVerdict(said(outcome, judgement, isLengthened ? track.timeAt(rate) : Duration.ZERO));
    }

    private static Judgement judge(
            final Track track, final ForkOutcome outcome, final double rate, final Duration time) {
        final RunResult result = outcome.result();
        if (result == null) {
            return new Judgement(Outcome.FAILS, "the fork failed: " + outcome.reason(), false);
        }
        try {
            return track.judge(ProbeFigures.of(result), rate, time);
        } catch (final TransportException e) {
            return new Judgement(Outcome.FAILS, String.valueOf(e.getMessage()), false);
        }
    }

    private static String said(final ForkOutcome outcome, final Judgement judgement, final Duration longer) {
        final StringBuilder text = new StringBuilder(judgement.outcome().label());
        if (!judgement.why().isEmpty()) {
            text.append(": ").append(judgement.why());
        }
        if (!longer.isZero()) {
            text.append("; again for ").append(longer.toMillis() / 1_000.0).append(" s");
        }
        final RunResult result = outcome.result();
        if (result != null && judgement.outcome() == Outcome.HOLDS) {
            final ProbeFigures figures = ProbeFigures.of(result);
            text.append(", p50 ").append(Measures.duration(figures.response().percentileNs(50)));
            if (figures.response().isSupported(99)) {
                text.append(", p99 ")
                        .append(Measures.duration(figures.response().percentileNs(99)));
            }
        }
        return text.toString();
    }

    private JmhArguments arguments(final Duration time) {
        final List<String> arguments = new ArrayList<>(plan.jmhArguments());
        arguments.addAll(
                List.of("-wi", "1", "-w", SweepPlan.WARMUP.toMillis() + "ms", "-i", "1", "-r", time.toMillis() + "ms"));
        return JmhArguments.parse(arguments);
    }

    private Duration left() {
        final int toCome = tracks.values().stream().mapToInt(Track::probesLeft).sum();
        final long plannedNs = SweepPlan.probeCost(plan.probeTime()).toNanos();
        return Duration.ofNanos((spentNs + plannedNs) / (probes + 1) * toCome);
    }

    private Manifest.Sweep found() {
        return new Manifest.Sweep(
                plan.limits().stream().map(SloLimit::text).toList(),
                plan.fromPerSecond(),
                plan.precision(),
                plan.repeats(),
                tracks.values().stream().map(Track::edge).toList());
    }

    private SustainedRate criterion(final Row row) {
        final ConfiguredTransport transport = plan.rows().transports().stream()
                .filter(each -> each.spec().text().equals(row.transport()))
                .findFirst()
                .orElseThrow();
        return new SustainedRate(
                plan.limits(),
                transport.guarantees().has(Guarantee.RELIABLE),
                transport.guarantees().has(Guarantee.ORDERED));
    }
}
