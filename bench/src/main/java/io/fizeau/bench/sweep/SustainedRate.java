package io.fizeau.bench.sweep;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.schedule.Arrivals;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a rate held: the transport took what fell due at the rate at which it fell due, kept its promises, and the response times
 * kept the limits. Where they did not and the generator was late itself, it is named and not the transport. Immutable.
 *
 * @param limits what the user asks of the response times; may be empty.
 * @param isReliable whether the transport promises to deliver each message once.
 * @param isOrdered whether it promises to keep the order.
 */
record SustainedRate(List<SloLimit> limits, boolean isReliable, boolean isOrdered) {
    /** Below this share of the messages that fell due, a transport did not take the rate. */
    static final double LEAST_ACCEPTED = 0.995;
    /** The achieved rate may be lower than the offered one by this share. */
    static final double MOST_SHORTFALL = 0.005;
    /** The generator may be late by this share of the response time, at the 99th percentile. */
    static final double MOST_LATENESS = 0.10;
    /** Lateness below this is no more than a look for an answer takes. */
    static final long HARMLESS_LATENESS_NS = 10_000;

    /** So many standard deviations are left to chance where the number of messages is random. */
    private static final double DEVIATIONS = 3;
    /** At the ends of the measured time a message more or less is a matter of where they fall. */
    private static final double ENDS = 2;

    private static final double[] PERCENTS = {50, 90, 99, 99.9, 99.99};
    private static final double P99 = 99;

    Judgement judge(final ProbeFigures figures, final Arrivals arrivals, final double measuredSeconds) {
        final String broken = brokenPromise(figures);
        if (broken != null) {
            return new Judgement(Outcome.FAILS, broken, true);
        }
        final double accepted = figures.due() > 0 ? figures.accepted() / figures.due() : 0;
        if (accepted < LEAST_ACCEPTED) {
            return new Judgement(Outcome.FAILS, "accepted " + percent(accepted) + " of what fell due", false);
        }
        final double kept = figures.achievedPerSecond() / arrivals.ratePerSecond();
        if (kept < 1 - MOST_SHORTFALL - chance(arrivals, measuredSeconds)) {
            return new Judgement(Outcome.FAILS, "sent " + percent(kept) + " of the rate", false);
        }
        final Judgement response = limits(figures.response());
        if (response.outcome() == Outcome.HOLDS) {
            // However late the generator was: its lateness is in the response times, and they kept the limits all the
            // same.
            return response;
        }
        final Judgement generator = generator(figures);
        return generator.outcome() == Outcome.HOLDS ? response : generator;
    }

    private @Nullable String brokenPromise(final ProbeFigures figures) {
        if (figures.corrupt() > 0) {
            return messages(figures.corrupt()) + " corrupt";
        }
        if (isReliable && figures.lost() > 0) {
            return messages(figures.lost()) + " lost, promised reliable";
        }
        if (isReliable && figures.duplicated() > 0) {
            return messages(figures.duplicated()) + " delivered twice, promised reliable";
        }
        return isOrdered && figures.reordered() > 0
                ? messages(figures.reordered()) + " out of order, promised ordered"
                : null;
    }

    /** How far the number of messages in the measured time may be off without anything being wrong, as a share of it. */
    private static double chance(final Arrivals arrivals, final double measuredSeconds) {
        final double messages = arrivals.ratePerSecond() * measuredSeconds;
        final double random = arrivals.pattern() == Arrivals.Pattern.POISSON ? DEVIATIONS * Math.sqrt(messages) : 0;
        return (random + ENDS * arrivals.burst()) / messages;
    }

    /** The same rule as in {@code results}, where it makes a row of a run invalid. */
    private static Judgement generator(final ProbeFigures figures) {
        final LatencyDistribution response = figures.response();
        final LatencyDistribution lateness = figures.lateness();
        final double allowedNs = Math.max(
                HARMLESS_LATENESS_NS, MOST_LATENESS * response.percentileNs(response.isSupported(P99) ? P99 : 50));
        if (lateness.maxNs() <= allowedNs) {
            return new Judgement(Outcome.HOLDS, "", true);
        }
        if (!lateness.isSupported(P99)) {
            return new Judgement(Outcome.UNCLEAR, "too few messages to tell the generator's lateness", true);
        }
        final long lateNs = lateness.percentileNs(P99);
        return lateNs <= allowedNs
                ? new Judgement(Outcome.HOLDS, "", true)
                : new Judgement(Outcome.FAILS, "the generator was late: p99 " + Measures.duration(lateNs), true);
    }

    private Judgement limits(final LatencyDistribution response) {
        Judgement judgement = new Judgement(Outcome.HOLDS, "", true);
        for (final SloLimit limit : limits) {
            final Judgement one = limit(response, limit);
            if (one.outcome() == Outcome.FAILS) {
                return one;
            }
            judgement = one.outcome() == Outcome.UNCLEAR ? one : judgement;
        }
        return judgement;
    }

    private static Judgement limit(final LatencyDistribution response, final SloLimit limit) {
        // Whatever stands behind the percentile: it is not above the maximum.
        if (response.maxNs() <= limit.limitNs()) {
            return new Judgement(Outcome.HOLDS, "", true);
        }
        if (limit.isMax()) {
            return exceeds("max", response.maxNs(), limit);
        }
        if (response.isSupported(limit.percent())) {
            final long valueNs = response.percentileNs(limit.percent());
            return valueNs > limit.limitNs()
                    ? exceeds(limit.name(), valueNs, limit)
                    : new Judgement(Outcome.HOLDS, "", true);
        }
        for (final double percent : PERCENTS) {
            final long valueNs = response.percentileNs(percent);
            if (percent < limit.percent() && response.isSupported(percent) && valueNs > limit.limitNs()) {
                return exceeds("p" + Measures.plain(percent), valueNs, limit);
            }
        }
        return new Judgement(
                Outcome.UNCLEAR,
                limit.name() + " cannot be told: too few messages or separate episodes are beyond it",
                true);
    }

    private static Judgement exceeds(final String name, final long valueNs, final SloLimit limit) {
        return new Judgement(Outcome.FAILS, name + ' ' + Measures.duration(valueNs) + ", limit " + limit.text(), true);
    }

    private static String messages(final double count) {
        return count == 1 ? "1 message" : Measures.plain(count) + " messages";
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
