package io.fizeau.bench.instrument;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number that is known beforehand, and how far a measured one may lie from it. Immutable.
 *
 * @param expected the number, or text for the range it lies in.
 * @param value the number, or the middle of the range.
 * @param low the least value within the tolerance.
 * @param high the greatest value within the tolerance.
 * @param unit of all of them; may be empty.
 * @param tolerance as text.
 */
public record Expectation(String expected, double value, double low, double high, String unit, String tolerance) {
    private static final MathContext SHOWN = new MathContext(4);
    private static final double HUNDRED = 100.0;

    /**
     * A number, give or take an amount.
     *
     * @param value the number.
     * @param plusMinus the amount, in the same unit.
     * @param unit may be empty.
     * @return the expectation.
     */
    public static Expectation within(final double value, final double plusMinus, final String unit) {
        return new Expectation(
                text(value, unit), value, value - plusMinus, value + plusMinus, unit, "+-" + text(plusMinus, unit));
    }

    /**
     * A number, give or take a share of it.
     *
     * @param value the number, over 0.
     * @param percent the share.
     * @param unit may be empty.
     * @return the expectation.
     */
    public static Expectation withinPercent(final double value, final double percent, final String unit) {
        final double amount = value * percent / HUNDRED;
        return new Expectation(
                text(value, unit), value, value - amount, value + amount, unit, "+-" + text(percent, "%"));
    }

    /**
     * A number that is only known to lie between two others, give or take a share of them.
     *
     * @param least the lower one, over 0.
     * @param most the upper one.
     * @param percent the share.
     * @param unit may be empty.
     * @return the expectation.
     */
    public static Expectation betweenWithPercent(
            final double least, final double most, final double percent, final String unit) {
        return new Expectation(
                text(least, "") + " to " + text(most, unit),
                (least + most) / 2,
                least * (1 - percent / HUNDRED),
                most * (1 + percent / HUNDRED),
                unit,
                "+-" + text(percent, "%"));
    }

    /**
     * A number that is at most so great.
     *
     * @param most the greatest value allowed.
     * @param unit may be empty.
     * @return the expectation.
     */
    public static Expectation atMost(final double most, final String unit) {
        return new Expectation("at most " + text(most, unit), most, Double.NEGATIVE_INFINITY, most, unit, "");
    }

    /**
     * Holds a measured number against it. What is not a number is never within a tolerance.
     *
     * @param experiment the experiment's name.
     * @param what the quantity.
     * @param measured the number, in this unit.
     * @param note may be empty.
     * @return the outcome.
     */
    public Outcome judge(final String experiment, final String what, final double measured, final String note) {
        final boolean isWithin = measured >= low && measured <= high;
        return new Outcome(
                experiment,
                what,
                expected,
                tolerance,
                text(measured, unit),
                new Outcome.Figures(value, low, high, measured, unit),
                isWithin ? Verdict.OK : Verdict.OFF,
                note);
    }

    /**
     * A number with four digits, as a person reads it.
     *
     * @param value the number.
     * @param unit goes behind it; may be empty.
     * @return the text.
     */
    public static String text(final double value, final String unit) {
        final String number = Double.isFinite(value)
                ? plain(new BigDecimal(value).round(SHOWN).stripTrailingZeros())
                : "none";
        return unit.isEmpty() ? number : number + ' ' + unit;
    }

    private static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.toPlainString();
    }
}
