package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkResults;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.plan.Row;
import io.fizeau.core.latency.LatencyDistribution;
import java.time.Duration;
import java.util.List;

/**
 * A server that stalls for 200 ms in every 1.2 s. Of the messages on a schedule a sixth fall due in a stall, and wait for what is left
 * of it: any time from 0 to 200 ms, each as often. So a share p of all messages waits for less than
 * 200 ms * (1 - 6 (1 - p)). The closed loop sends nothing during a stall, and sees one slow message in each.
 */
final class StallingServer implements Experiment {
    private static final String SERVICE = "stall:200ms/1200ms";
    private static final double STALL_MS = 200;
    private static final double PERIOD_MS = 1_200;
    private static final double TOLERANCE_MS = 3;
    private static final double[] PERCENTS = {90, 99, 99.9};
    private static final double HUNDRED = 100;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;
    /** What "unmoved" allows: less than a hundredth of what the open loop shows, and about one time slice of another thread. */
    private static final double UNMOVED_US = 1_000;

    private static final Duration PERIOD = Duration.ofMillis((long) PERIOD_MS);
    private static final Duration OPEN_TIME = PERIOD.multipliedBy(10);
    private static final Duration CLOSED_TIME = PERIOD.multipliedBy(4);

    @Override
    public String name() {
        return "stall";
    }

    @Override
    public String description() {
        return "a server that stalls 200 ms in every 1.2 s, at 2 000/s";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(33);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final Row open =
                ForkSeries.open(Measuring.TRANSPORT, "rate", "2000", "arrivals", "constant", "service", SERVICE);
        final LatencyDistribution response = laboratory
                .run(ForkSeries.once(name() + "-open", open, PERIOD, OPEN_TIME))
                .first(open)
                .latency(LatencyFigures.RESPONSE);
        final Row stalled = ForkSeries.closed(Measuring.TRANSPORT, 1, "service", SERVICE);
        final Row plain = ForkSeries.closed(Measuring.TRANSPORT, 1, "service", "none");
        final ForkResults closed =
                laboratory.run(new ForkSeries(name() + "-closed", List.of(stalled, plain), 1, PERIOD, 1, CLOSED_TIME));
        final double stalledUs = closedP99Us(closed, stalled);
        final double plainUs = closedP99Us(closed, plain);
        return List.of(
                open(response, PERCENTS[0]),
                open(response, PERCENTS[1]),
                open(response, PERCENTS[2]),
                Expectation.within(0, UNMOVED_US, "us")
                        .judge(
                                name(),
                                "closed p99, moved by",
                                stalledUs - plainUs,
                                "p99 with stalls " + stalledUs + " us, without " + plainUs + " us"));
    }

    /** What a share of all messages does not exceed, if nothing but the stall holds them up. */
    static double expectedMs(final double percent) {
        final double stalledShare = STALL_MS / PERIOD_MS;
        final double beyond = (HUNDRED - percent) / HUNDRED;
        return Math.max(0, STALL_MS * (1 - beyond / stalledShare));
    }

    private Outcome open(final LatencyDistribution response, final double percent) {
        return Expectation.within(expectedMs(percent), TOLERANCE_MS, "ms")
                .judge(
                        name(),
                        "open p" + Expectation.text(percent, ""),
                        response.percentileNs(percent) / NS_PER_MS,
                        "");
    }

    private static double closedP99Us(final ForkResults results, final Row row) {
        return results.first(row).latency(LatencyFigures.SERVICE).percentileNs(PERCENTS[1]) / NS_PER_US;
    }
}
