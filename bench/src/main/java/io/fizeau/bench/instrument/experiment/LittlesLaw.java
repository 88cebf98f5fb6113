package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.OpenLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Little's law: with a fixed number of messages under way, the rate times the mean latency is that number, whatever the
 * distributions are. The rate is a count over a time, the latency a histogram's mean; they share nothing but the clock.
 *
 * <p>The server works for 100 us on each message, so that what the client needs to send the next one is small beside it. Done in this
 * JVM, over both ends of a trial.
 */
final class LittlesLaw implements Experiment {
    private static final int[] WINDOWS = {1, 2, 4, 8, 16, 32, 64};
    private static final String SERVICE = "exponential:100us";
    private static final double TOLERANCE_PERCENT = 2;
    private static final long WARMUP_NS = Duration.ofMillis(500).toNanos();
    private static final long TIME_NS = Duration.ofMillis(1_500).toNanos();
    private static final double NS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "window";
    }

    @Override
    public String description() {
        return "Little's law for windows of 1 to 64 messages, in this JVM";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(13);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        return laboratory.here(this::measure);
    }

    private List<Outcome> measure() {
        final List<Outcome> outcomes = new ArrayList<>();
        final OpenLoopTrial trial = OpenLoopTrial.parse("10k", "constant", 1, "auto", "1s", 1);
        try (TrialEnds ends = Measuring.ends(SERVICE);
                OpenLoop loop = ends.connectOpenLoop(trial)) {
            run(loop, 1, WARMUP_NS);
            for (final int window : WINDOWS) {
                outcomes.add(judge(window, run(loop, window, TIME_NS)));
            }
        }
        return outcomes;
    }

    private Outcome judge(final int window, final PhaseReport report) {
        final double ratePerSecond = report.counts().accepted() * NS_PER_SECOND / report.tookNs();
        final double meanNs = report.response().meanNs();
        return Expectation.withinPercent(window, TOLERANCE_PERCENT, "")
                .judge(
                        name(),
                        "rate * mean, " + window + " under way",
                        ratePerSecond * meanNs / NS_PER_SECOND,
                        "rate " + Expectation.text(ratePerSecond, "/s") + ", mean " + Expectation.text(meanNs, "ns"));
    }

    private static PhaseReport run(final OpenLoop loop, final int window, final long timeNs) {
        loop.begin(Check.SEQUENCE);
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < timeNs) {
            loop.sendWithin(window);
        }
        return loop.end();
    }
}
