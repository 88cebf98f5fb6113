package io.fizeau.results.metric;

import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import java.util.Optional;

/**
 * What an open loop says of itself: latencies from when a message was due, whose fault they were, and what became of each message.
 * Times in nanoseconds; NaN or 0 where a fork has no such number. Stateless.
 */
public final class OpenLoopMetrics {
    /** The method of every benchmark that offers messages on a schedule. */
    public static final String METHOD = ".offered";

    /** Below this share of the messages that fell due, a transport did not take the rate that it was offered. */
    public static final double LEAST_ACCEPTED = 0.995;

    /** The generator may be late by this share of the response time, at the 99th percentile. */
    public static final double MOST_LATENESS = 0.10;

    /** Lateness below this is no more than a look for an answer takes, and spoils nothing. */
    public static final double HARMLESS_LATENESS_NS = 10_000;

    /** A percentage times a count is not exact. */
    private static final double ROUNDING = 1e-6;

    private OpenLoopMetrics() {}

    /** {@return whether a row is of an open loop} */
    public static boolean isOpenLoop(final Row row) {
        return row.key().benchmark().endsWith(METHOD);
    }

    /**
     * {@return a percentile of the response times, or of another latency, over all messages of the fork}
     *
     * @param fork of an open loop.
     * @param latency {@code response}, {@code service}, {@code lateness}, {@code send} or {@code flight}.
     * @param point {@code p50} to {@code p99.99}, or {@code max}.
     */
    public static double latencyNs(final ForkResult fork, final String latency, final String point) {
        return ForkMetrics.merged(fork, latency + ':' + point);
    }

    /**
     * {@return how many messages of a kind the ledger of the fork has}
     *
     * @param fork of an open loop.
     * @param kind {@code due}, {@code accepted}, {@code lost} and so on.
     */
    public static double count(final ForkResult fork, final String kind) {
        return ForkMetrics.count(fork, "ledger:" + kind);
    }

    /** {@return accepted of due, or NaN if nothing fell due} */
    public static double acceptedShare(final ForkResult fork) {
        final double due = count(fork, "due");
        return due > 0 ? count(fork, "accepted") / due : Double.NaN;
    }

    /** {@return of the messages due, the share that was accepted before the time was over; NaN if nothing fell due} */
    public static double inTimeShare(final ForkResult fork) {
        final double due = count(fork, "due");
        return due > 0 ? (due - Math.max(count(fork, "backlog"), count(fork, "unsent"))) / due : Double.NaN;
    }

    /**
     * {@return whether the transport took the rate that it was offered} A backlog that is worked off after the time is over, because
     * nothing more is offered then, is no sign that it can.
     */
    public static boolean isRateReached(final ForkResult fork) {
        return !(Math.min(acceptedShare(fork), inTimeShare(fork)) < LEAST_ACCEPTED);
    }

    /** {@return messages without a known latency: they stand in the percentiles as "at least the deadline"} */
    public static double missing(final ForkResult fork) {
        return count(fork, "lost") + count(fork, "unsent");
    }

    /**
     * {@return whether a percentile of the response times is only a lower bound, because it falls among messages that are missing and
     * stand as "at least the deadline"} A single lost message is no matter to a percentile below it.
     *
     * @param fork of an open loop.
     * @param point {@code p50} to {@code p99.99}, or {@code max}.
     */
    public static boolean isBound(final ForkResult fork, final String point) {
        if (missing(fork) == 0) {
            return false;
        }
        if (point.equals("max")) {
            return true;
        }
        // The rank of the percentile, and how many came before the deadline: the others are beyond it or missing.
        final double rank = Math.ceil(Double.parseDouble(point.substring(1)) / 100 * count(fork, "due") - ROUNDING);
        return count(fork, "onTime") < rank;
    }

    /**
     * How late a generator was.
     *
     * @param ns the lateness, in nanoseconds.
     * @param isMax whether it is that of the latest message, which stands for a p99 that too few messages were there for.
     */
    public record Lateness(double ns, boolean isMax) {}

    /**
     * {@return what is wrong with a generator that was too late for its latencies to be the transport's; empty if it was not}
     *
     * @param fork of an open loop.
     */
    public static Optional<Lateness> spoilingLateness(final ForkResult fork) {
        final double p99 = latencyNs(fork, "lateness", "p99");
        // With too few messages for a p99 the latest of them has to do: it is no less.
        final boolean isMax = Double.isNaN(p99);
        final double lateness = isMax ? latencyNs(fork, "lateness", "max") : p99;
        final double response = latencyNs(fork, "response", "p99");
        // A tail that too few episodes stand behind is not told; then the median has to do as a measure.
        final double measure = Double.isNaN(response) ? latencyNs(fork, "response", "p50") : response;
        return lateness > Math.max(HARMLESS_LATENESS_NS, MOST_LATENESS * measure)
                ? Optional.of(new Lateness(lateness, isMax))
                : Optional.empty();
    }
}
