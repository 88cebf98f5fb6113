package io.fizeau.core.schedule;

import io.fizeau.core.error.TransportException;
import java.util.Locale;

/**
 * How messages fall due: the process and its mean rate. Immutable.
 *
 * <table>
 * <caption>Text forms</caption>
 * <tr><td>{@code constant}</td><td>at equal intervals</td></tr>
 * <tr><td>{@code poisson}</td><td>at exponentially distributed intervals, from a seed</td></tr>
 * <tr><td>{@code burst:N}</td><td>N at once, and then none until the mean rate is kept</td></tr>
 * </table>
 *
 * @param pattern the pattern.
 * @param burst for {@link Pattern#BURST}, how many fall due at once; 1 for the others.
 * @param ratePerSecond messages a second in the mean, over 0 and at most {@link #MAX_RATE_PER_SECOND}.
 * @param seed what random intervals follow from.
 */
public record Arrivals(Pattern pattern, int burst, double ratePerSecond, long seed) {
    /** Beyond it the interval is shorter than a clock in nanoseconds can tell. */
    public static final double MAX_RATE_PER_SECOND = 1e9;

    /** Below it a phase of any length that a person would wait for has no message. */
    public static final double MIN_RATE_PER_SECOND = 1e-3;

    /** The most messages in one burst. */
    public static final int MAX_BURST = 1_000_000;

    private static final String BURST_PREFIX = "burst:";
    private static final String KNOWN = "constant, poisson, burst:N (N messages at once)";

    /** What kind of pattern. */
    public enum Pattern {
        /** Equal intervals. */
        CONSTANT,
        /** Exponential intervals. */
        POISSON,
        /** Several at once. */
        BURST
    }

    /** Checks the limits. */
    public Arrivals {
        if (!(ratePerSecond >= MIN_RATE_PER_SECOND) || ratePerSecond > MAX_RATE_PER_SECOND) {
            throw TransportException.badRequest(
                    "rate=" + text(ratePerSecond)
                            + " must be from one message in 1000 s (0.001) to 1000000000 messages a second (an interval of 1 ns)");
        }
        if (burst < 1 || burst > MAX_BURST) {
            throw TransportException.badRequest("arrivals=burst:" + burst + " must be from 1 to " + MAX_BURST);
        }
    }

    /**
     * Reads the text forms.
     *
     * @param arrivals one of the text forms above.
     * @param ratePerSecond messages a second.
     * @param seed what random intervals follow from.
     * @return the arrivals.
     * @throws TransportException if the process is unknown; the message lists the known ones.
     */
    public static Arrivals parse(final String arrivals, final double ratePerSecond, final long seed) {
        if (arrivals.equals("constant")) {
            return new Arrivals(Pattern.CONSTANT, 1, ratePerSecond, seed);
        }
        if (arrivals.equals("poisson")) {
            return new Arrivals(Pattern.POISSON, 1, ratePerSecond, seed);
        }
        if (arrivals.startsWith(BURST_PREFIX)) {
            try {
                final int burst = Integer.parseInt(arrivals.substring(BURST_PREFIX.length()));
                return new Arrivals(Pattern.BURST, burst, ratePerSecond, seed);
            } catch (final NumberFormatException e) {
                throw unknown(arrivals);
            }
        }
        throw unknown(arrivals);
    }

    /**
     * Reads a rate.
     *
     * @param text a number, or one with {@code k} or {@code M} behind it: {@code 10k} is 10 000.
     * @return messages a second, not checked against the limits.
     * @throws TransportException if it is no such number.
     */
    public static double parseRate(final String text) {
        final String lower = text.strip().toLowerCase(Locale.ROOT);
        final double factor = lower.endsWith("k") ? 1e3 : lower.endsWith("m") ? 1e6 : 1;
        final String digits = factor == 1 ? lower : lower.substring(0, lower.length() - 1);
        try {
            return Double.parseDouble(digits) * factor;
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "rate=" + text + " is no number of messages a second: write 10000, 10k or 1M",
                    e);
        }
    }

    /**
     * A schedule of these arrivals.
     *
     * @return a new schedule.
     */
    public Schedule newSchedule() {
        return switch (pattern) {
            case CONSTANT -> new ConstantSchedule(1, ratePerSecond);
            case BURST -> new ConstantSchedule(burst, ratePerSecond);
            case POISSON -> new PoissonSchedule(ratePerSecond, seed);
        };
    }

    private static TransportException unknown(final String arrivals) {
        return TransportException.badRequest("arrivals=" + arrivals + " is unknown: the known ones are " + KNOWN);
    }

    private static String text(final double rate) {
        return rate == Math.rint(rate) && Math.abs(rate) < 1e15 ? Long.toString((long) rate) : Double.toString(rate);
    }
}
