package io.fizeau.results.table;

import io.fizeau.results.stats.Summary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers for people: three significant digits, a unit that suits the size, a dash for what is not there. */
public final class Figures {
    private static final double LEAST_RATIO = 0.001;
    private static final int MOST = 999;
    /** What stands where there is no number. */
    public static final String NONE = "-";

    private Figures() {}

    /**
     * A duration with its unit: {@code 118 ns}, {@code 8.31 us}, {@code 1.25 ms}.
     *
     * @param ns the number.
     * @return the text.
     */
    public static String duration(final double ns) {
        if (!Double.isFinite(ns)) {
            return NONE;
        }
        final TimeScale scale = TimeScale.of(ns);
        return significant(ns / scale.ns) + ' ' + scale.label;
    }

    /**
     * The smallest and the largest in the unit that {@link #duration} gives the median, which stands beside it; nothing for a single one.
     *
     * @param ns the numbers.
     * @return the text.
     */
    public static String durationRange(final Summary ns) {
        if (ns.count() < 2) {
            return "";
        }
        final double unitNs = TimeScale.of(ns.median()).ns;
        // A fork that met a scheduler's slice is a thousand times slower: 7.37-31700 would be hard to read.
        return significant(ns.min() / unitNs)
                + '-'
                + (ns.max() / unitNs < 10_000
                        ? significant(ns.max() / unitNs)
                        : duration(ns.max()).replace(" ", ""));
    }

    /**
     * A count or rate with a suffix for thousands, millions, billions: {@code 950}, {@code 203k}, {@code 88.1M}.
     *
     * @param count the number.
     * @return the text.
     */
    public static String count(final double count) {
        if (!Double.isFinite(count)) {
            return NONE;
        }
        final double rounded = rounded(count).doubleValue();
        if (rounded >= 1e9) {
            return significant(count / 1e9) + 'G';
        }
        if (rounded >= 1e6) {
            return significant(count / 1e6) + 'M';
        }
        return rounded >= 1e4 ? significant(count / 1e3) + 'k' : significant(count);
    }

    /**
     * The smallest and the largest of several, as {@link #count}; nothing for a single one.
     *
     * @param counts the numbers.
     * @return the text.
     */
    public static String countRange(final Summary counts) {
        return counts.count() < 2 ? "" : count(counts.min()) + '-' + count(counts.max());
    }

    /**
     * Bytes allocated for one operation: two decimals below ten, where they tell a leak from a background thread.
     *
     * @param bytes the number.
     * @return the text.
     */
    public static String bytesPerOp(final double bytes) {
        if (!Double.isFinite(bytes)) {
            return NONE;
        }
        if (bytes < 10) {
            final String text = String.format(Locale.ROOT, "%.2f", bytes);
            return text.equals("0.00") || text.equals("-0.00") ? "0" : text;
        }
        return Long.toString(Math.round(bytes));
    }

    /**
     * Three significant digits, never in exponential form: {@code 0.0181}, {@code 8.30}, {@code 2820}.
     *
     * @param value the number.
     * @return the text.
     */
    public static String significant(final double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        if (value == 0) {
            return "0";
        }
        final BigDecimal rounded = rounded(value);
        // A whole number gets no decimals beyond its three digits: 2820, not 2.82E+3; but 8.3 becomes 8.30.
        final int integerDigits = rounded.precision() - rounded.scale();
        return rounded.setScale(Math.max(0, 3 - integerDigits), RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * A value with as many decimals as another, which stands beside it, has with three significant digits.
     *
     * @param value the number.
     * @param model the number.
     * @return the text.
     */
    public static String likePrecision(final double value, final double model) {
        if (!Double.isFinite(value) || !(model > 0)) {
            return NONE;
        }
        final String text = significant(model);
        final int point = text.indexOf('.');
        return BigDecimal.valueOf(value)
                .setScale(point < 0 ? 0 : text.length() - point - 1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * An interval of a ratio, {@code 0.712-1.119}: with the decimals of the ratio, and an end that is out of all proportion as a bound.
     *
     * @param low its lower end.
     * @param high its upper end.
     * @param ratio what stands beside it.
     * @return the text.
     */
    public static String interval(final double low, final double high, final double ratio) {
        final String lower = low > 0 && low < LEAST_RATIO ? "<" + LEAST_RATIO : likePrecision(low, ratio);
        return lower + '-' + (high > MOST ? ">" + MOST : likePrecision(high, ratio));
    }

    /**
     * A share in percent, {@code 2.4 %} or {@code 12 %}; above {@code >999 %} nothing is told apart.
     *
     * @param share the number.
     * @return the text.
     */
    public static String percent(final double share) {
        if (!Double.isFinite(share)) {
            return NONE;
        }
        final double percent = share * 100;
        if (percent > MOST) {
            return ">" + MOST + " %";
        }
        return String.format(Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }

    private static BigDecimal rounded(final double value) {
        return BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
    }

    private enum TimeScale {
        NS(1, "ns"),
        US(1e3, "us"),
        MS(1e6, "ms"),
        S(1e9, "s");

        private final double ns;
        private final String label;

        TimeScale(final double ns, final String label) {
            this.ns = ns;
            this.label = label;
        }

        /** 999.6 ns would be written 1000 ns: what counts is the rounded value. */
        static TimeScale of(final double value) {
            final double rounded = value == 0 ? 0 : rounded(Math.abs(value)).doubleValue();
            return rounded < 1e3 ? NS : rounded < 1e6 ? US : rounded < 1e9 ? MS : S;
        }
    }
}
