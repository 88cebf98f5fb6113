package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.ForkFigures;
import io.fizeau.bench.instrument.ForkSeries;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.plan.Row;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.ServiceTime;
import io.fizeau.core.schedule.Arrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that spins for 1 ms in the mean, under Poisson arrivals at 500/s, so that it is busy for half of the time. What theory
 * says of the mean of all such runs, and what Lindley's recursion says of just these messages, whose arrivals and services follow
 * from a seed.
 *
 * <p>How long: simulated over 150 seeds, the mean of M/D/1 over 5 000 messages strays by 1.6 % (one standard deviation), that of M/M/1
 * over 30 000 by 1.8 %, its p99 by 3.8 %. So the tolerances of theory are about three, and two and a half, deviations.
 */
final class PoissonQueue implements Experiment {
    private static final double RATE_PER_SECOND = 500;
    private static final double SERVICE_MS = 1;
    private static final double BUSY = RATE_PER_SECOND * SERVICE_MS / 1e3;
    private static final long SEED = 42;
    /** One is the pass that checks bytes, two the warm-up. */
    private static final int MEASURED_PHASE = 3;

    private static final double MEAN_PERCENT = 5;
    private static final double P99_PERCENT = 10;
    /** What other programs may take from the server: a hundredth of its time, four times over by queueing, and the histogram's step. */
    private static final double REPLAY_PERCENT = 3;

    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double NS_PER_MS = 1e6;
    private static final String MS = "ms";
    /** Some thousand messages, for so many it takes until the JVMs at both ends have compiled what a message runs through. */
    private static final Duration WARMUP = Duration.ofSeconds(10);

    private static final Duration IDLE_TIME = Duration.ofSeconds(3);

    private final String kind;
    private final Duration time;

    private PoissonQueue(final String kind, final Duration time) {
        this.kind = kind;
        this.time = time;
    }

    /** M/D/1. */
    static PoissonQueue constant() {
        return new PoissonQueue("constant", Duration.ofSeconds(10));
    }

    /** M/M/1. */
    static PoissonQueue exponential() {
        return new PoissonQueue("exponential", Duration.ofSeconds(60));
    }

    @Override
    public String name() {
        return "poisson-" + kind;
    }

    @Override
    public String description() {
        return "a server that spins 1 ms, " + kind + ", under Poisson arrivals at 500/s";
    }

    @Override
    public Duration plannedTime() {
        return time.plusSeconds(21);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final String service = kind + ":1ms";
        final long ownNs = ownNs(laboratory);
        final Row row = row(service);
        final ForkFigures fork =
                laboratory.run(ForkSeries.once(name(), row, WARMUP, time)).first(row);
        final Lindley lindley = new Lindley(
                Arrivals.parse("poisson", RATE_PER_SECOND, SEED), ServiceTime.parse(service), MEASURED_PHASE);
        return judge(fork.latency(LatencyFigures.RESPONSE), lindley, fork.ledger("due"), ownNs);
    }

    /**
     * Pollaczek and Khinchine's mean response: the service, and the wait for what is left of others'. An exponential service waits
     * twice as long as a constant one.
     */
    double expectedMeanMs() {
        final double factor = isExponential() ? 1 : 0.5;
        return SERVICE_MS + factor * SERVICE_MS * BUSY / (1 - BUSY);
    }

    /** What a message takes under the same schedule at a server that has nothing to do: at so low a rate caches are cold. */
    private long ownNs(final Laboratory laboratory) {
        final Row idle = row("none");
        return laboratory
                .run(ForkSeries.once(name() + "-idle", idle, IDLE_TIME, IDLE_TIME))
                .first(idle)
                .latency(LatencyFigures.RESPONSE)
                .percentileNs(MEDIAN);
    }

    private static Row row(final String service) {
        return ForkSeries.open(
                Measuring.TRANSPORT,
                "rate",
                "500",
                "arrivals",
                "poisson",
                "service",
                service,
                "seed",
                Long.toString(SEED));
    }

    private boolean isExponential() {
        return kind.equals("exponential");
    }

    private List<Outcome> judge(
            final LatencyDistribution response, final Lindley lindley, final long messages, final long ownNs) {
        final LatencyDistribution least = lindley.replay(messages, 0);
        // Whatever part of the transport's own time the server is busy with: it is no more than all of it.
        final LatencyDistribution most = lindley.replay(messages, ownNs);
        final double meanMs = response.meanNs() / NS_PER_MS;
        final double p99Ms = response.percentileNs(P99) / NS_PER_MS;
        final String note = "of " + messages + " messages; without service half of them take up to " + ownNs
                + " ns; the same messages by Lindley's recursion: mean "
                + Expectation.text(least.meanNs() / NS_PER_MS, MS) + ", p99 "
                + Expectation.text(least.percentileNs(P99) / NS_PER_MS, MS);
        final List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(Expectation.withinPercent(expectedMeanMs(), MEAN_PERCENT, MS)
                .judge(name(), "mean response, by theory", meanMs, note));
        if (isExponential()) {
            // The response time of M/M/1 is itself exponential.
            outcomes.add(Expectation.withinPercent(expectedMeanMs() * Math.log(100), P99_PERCENT, MS)
                    .judge(name(), "p99 of response, by theory", p99Ms, note));
        }
        outcomes.add(Expectation.betweenWithPercent(
                        least.meanNs() / NS_PER_MS, most.meanNs() / NS_PER_MS, REPLAY_PERCENT, MS)
                .judge(name(), "mean, by replay of each message", meanMs, note));
        outcomes.add(Expectation.betweenWithPercent(
                        least.percentileNs(P99) / NS_PER_MS, most.percentileNs(P99) / NS_PER_MS, REPLAY_PERCENT, MS)
                .judge(name(), "p99, by replay of each message", p99Ms, note));
        return outcomes;
    }
}
