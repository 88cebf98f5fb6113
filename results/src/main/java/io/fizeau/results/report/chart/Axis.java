package io.fizeau.results.report.chart;

import io.fizeau.results.table.Figures;
import java.math.BigDecimal;

/**
 * An axis.
 *
 * @param label what is on it, without the unit.
 * @param unit of its numbers.
 * @param scale how they are spread.
 */
public record Axis(String label, Unit unit, Scale scale) {
    /** How numbers are spread along an axis. */
    public enum Scale {
        /** Evenly. */
        LINEAR,
        /** By their logarithm. */
        LOG,
        /** Percentiles q by log10(1 / (1 - q)): 90 %, 99 % and 99.9 % are equally far apart. */
        PERCENTILE,
        /** Evenly, a name in place of each whole number. */
        NAMES
    }

    /** What numbers on an axis are. */
    public enum Unit {
        /** Nanoseconds, written in the unit that suits their size. */
        TIME,
        /** A rate or count. */
        COUNT,
        /** Megabits a second. */
        MBIT,
        /** Percent. */
        PERCENT,
        /** A plain number. */
        NUMBER;

        /**
         * {@return a number of this unit for a person}
         *
         * @param value the number.
         */
        public String text(final double value) {
            return switch (this) {
                case TIME -> Figures.duration(value);
                case COUNT -> Figures.count(value);
                case PERCENT -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() + " %";
                case MBIT, NUMBER -> Figures.significant(value);
            };
        }
    }
}
