package io.fizeau.bench.sweep;

import io.fizeau.bench.plan.Row;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.schedule.Arrivals;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** One transport on its way up: its search, and how long its probes have to be. Used by one thread. */
final class Track {
    private static final String RATE = "rate";

    /** Beyond a percentile there should be ten messages; a tenth more, for a Poisson process may bring fewer than its mean. */
    private static final double MESSAGES_BEYOND = 11;

    /** The generator's lateness is judged at p99, whatever limits there are. */
    private static final double LEAST_PERCENT = 99;

    private static final int STRETCH = 4;
    private static final double NS_PER_SECOND = 1e9;

    private final Row base;
    private final SweepPlan plan;
    private final SustainedRate criterion;
    private final RateSearch search;
    private final Map<Double, Duration> stretched = new HashMap<>();
    private final Map<Double, String> whyFailed = new HashMap<>();

    Track(final Row base, final SweepPlan plan, final SustainedRate criterion) {
        this.base = base;
        this.plan = plan;
        this.criterion = criterion;
        this.search = plan.newSearch();
    }

    /** The rate to offer next; empty if the search is over. */
    OptionalDouble nextRate() {
        return search.next();
    }

    int probesLeft() {
        return search.probesLeft();
    }

    Row rowAt(final double ratePerSecond) {
        final Map<String, String> params = new LinkedHashMap<>(base.params());
        params.put(RATE, Measures.plain(ratePerSecond));
        return new Row(
                base.benchmark(),
                params,
                params.getOrDefault("messageBytes", "") + " B at " + Measures.plain(ratePerSecond) + "/s",
                1);
    }

    /** How long a probe has to be for its percentiles to have enough messages beyond them. */
    Duration timeAt(final double ratePerSecond) {
        final Duration known = stretched.get(ratePerSecond);
        if (known != null) {
            return known;
        }
        final double needed = messagesNeeded() / ratePerSecond;
        // Where not even the longest probe would do, a longer one only costs more; the maximum or a lower percentile
        // may still decide.
        return needed > SweepPlan.LONGEST_PROBE.toSeconds()
                        || needed * NS_PER_SECOND <= plan.probeTime().toNanos()
                ? plan.probeTime()
                : Duration.ofMillis((long) Math.ceil(needed * 1_000));
    }

    Judgement judge(final ProbeFigures figures, final double ratePerSecond, final Duration time) {
        return criterion.judge(
                figures, Arrivals.parse(plan.arrivals(), ratePerSecond, 0), time.toNanos() / NS_PER_SECOND);
    }

    /** Whether a probe that could not tell is worth a longer one; it is then not counted, and the next one will be longer. */
    boolean isWorthLonger(final double ratePerSecond, final Duration time) {
        final boolean isWorth = time.compareTo(SweepPlan.LONGEST_PROBE) < 0
                && messagesNeeded() <= ratePerSecond * SweepPlan.LONGEST_PROBE.toSeconds();
        if (isWorth) {
            final Duration longer = time.multipliedBy(STRETCH);
            stretched.put(
                    ratePerSecond, longer.compareTo(SweepPlan.LONGEST_PROBE) > 0 ? SweepPlan.LONGEST_PROBE : longer);
        }
        return isWorth;
    }

    void onOutcome(final double ratePerSecond, final Judgement judgement) {
        search.onOutcome(ratePerSecond, judgement.outcome());
        if (judgement.outcome() == Outcome.FAILS) {
            whyFailed.put(ratePerSecond, judgement.why());
        }
    }

    /** What is known so far, as the manifest says it. */
    Manifest.Edge edge() {
        final Bracket bracket = search.bracket();
        final Map<String, String> params = new LinkedHashMap<>(base.params());
        params.remove(RATE);
        final double failed = bracket.failedPerSecond();
        return new Manifest.Edge(
                params,
                bracket.heldPerSecond(),
                Double.isNaN(failed) ? null : (Double) failed,
                bracket.state().name(),
                whyFailed.getOrDefault(failed, ""));
    }

    private double messagesNeeded() {
        double percent = LEAST_PERCENT;
        for (final SloLimit limit : plan.limits()) {
            percent = limit.isMax() ? percent : Math.max(percent, limit.percent());
        }
        return MESSAGES_BEYOND * 100 / (100 - percent);
    }
}
