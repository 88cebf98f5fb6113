package io.fizeau.bench.sweep;

import io.fizeau.bench.plan.RunPlan;
import io.fizeau.core.account.AnswerLedger;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.schedule.Arrivals;
import java.time.Duration;
import java.util.List;

/**
 * What a sweep will do. Immutable.
 *
 * @param rows one row for each transport and size, at the first rate; the plan's rounds are not used, for how many steps a sweep takes
 *     follows from what it sees.
 * @param limits what is asked of the response times; may be empty.
 * @param fromPerSecond the first rate.
 * @param arrivals how messages fall due.
 * @param precision how narrow the brackets should become, as a share.
 * @param repeats how many forks decide about a rate.
 * @param probeTime the measured time of a fork, unless a percentile needs more.
 * @param jmhArguments what JMH is given beside the times.
 */
public record SweepPlan(
        RunPlan rows,
        List<SloLimit> limits,
        double fromPerSecond,
        String arrivals,
        double precision,
        int repeats,
        Duration probeTime,
        List<String> jmhArguments) {
    /** Each fork warms itself up. */
    static final Duration WARMUP = Duration.ofMillis(500);

    /** No probe is longer: what cannot be told by then is left open. */
    static final Duration LONGEST_PROBE = Duration.ofSeconds(12);

    /** The most forks that may decide about a rate. */
    public static final int MOST_REPEATS = 20;

    /** Checks the limits. */
    public SweepPlan {
        checkFrom(fromPerSecond);
        Arrivals.parse(arrivals, fromPerSecond, 0);
        if (repeats < 1 || repeats > MOST_REPEATS) {
            throw TransportException.badRequest(
                    "--rounds " + repeats + " is not allowed: it takes 1 to " + MOST_REPEATS + " forks for a rate");
        }
        if (probeTime.compareTo(LONGEST_PROBE) > 0) {
            throw TransportException.badRequest("--time " + probeTime.toSeconds() + "s is not allowed: it takes up to "
                    + LONGEST_PROBE.toSeconds() + "s");
        }
        limits = List.copyOf(limits);
        jmhArguments = List.copyOf(jmhArguments);
    }

    /**
     * Checks a first rate.
     *
     * @param ratePerSecond messages a second.
     * @return the same.
     * @throws TransportException if no schedule and no ledger could take it.
     */
    public static double checkFrom(final double ratePerSecond) {
        if (!(ratePerSecond > 0) || ratePerSecond > mostPerSecond(Duration.ofSeconds(1))) {
            throw TransportException.badRequest("--from "
                    + (Double.isFinite(ratePerSecond) ? Measures.plain(ratePerSecond) : Double.toString(ratePerSecond))
                    + " is not allowed: it takes more than 0 and at most "
                    + Measures.plain(mostPerSecond(Duration.ofSeconds(1))) + " messages a second");
        }
        return ratePerSecond;
    }

    /** The highest rate that an iteration can offer: so many messages can be told apart, and so finely can the clock. */
    static double mostPerSecond(final Duration time) {
        final long seconds = Math.max(1, (time.toMillis() + 999) / 1_000);
        return Math.min(Arrivals.MAX_RATE_PER_SECOND, Math.floor((double) AnswerLedger.MAX_MESSAGES / seconds));
    }

    /** A new search for each row. */
    RateSearch newSearch() {
        return new RateSearch(fromPerSecond, mostPerSecond(probeTime), precision, repeats);
    }

    /**
     * About how long it will take, before anything is known.
     *
     * @return the time.
     */
    public Duration estimate() {
        return probeCost(probeTime)
                .multipliedBy((long) newSearch().probesLeft() * rows.rows().size());
    }

    static Duration probeCost(final Duration measured) {
        return WARMUP.plus(measured).plus(RunPlan.FORK_OVERHEAD);
    }
}
