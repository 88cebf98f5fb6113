package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of the text form with its value: how values are read and written. */
record Quantity(String word, String value) {
    private static final String NUMBER = "(-?\\d{1,15}(?:\\.\\d{1,30})?)";
    private static final Pattern PLAIN = Pattern.compile(NUMBER + "()");
    private static final Pattern PERCENT = Pattern.compile(NUMBER + "(%)");
    private static final Pattern TIME = Pattern.compile(NUMBER + "(ns|us|ms|s)");
    private static final Pattern RATE = Pattern.compile(NUMBER + "(bit|kbit|mbit|gbit)");
    private static final Pattern SIZE = Pattern.compile(NUMBER + "(|k|m)");

    private static final Map<String, Long> TIMES =
            Map.of("s", 1_000_000_000L, "ms", 1_000_000L, "us", 1_000L, "ns", 1L);
    private static final Map<String, Long> RATES =
            Map.of("gbit", 1_000_000_000L, "mbit", 1_000_000L, "kbit", 1_000L, "bit", 1L);
    private static final Map<String, Long> SIZES = Map.of("m", 1L << 20, "k", 1L << 10, "", 1L);
    private static final long PPM_PER_PERCENT = 10_000;

    /** What is wrong with it, in a line that names it and the known words. */
    TransportException refused(final String fault) {
        return TransportException.badRequest(this + " " + fault + ImpairmentText.KNOWN_WORDS);
    }

    /** The same, with what was thrown underneath. */
    TransportException refused(final String fault, final Throwable cause) {
        return new TransportException(
                TransportException.NextStep.STOP, this + " " + fault + ImpairmentText.KNOWN_WORDS, cause);
    }

    @Override
    public String toString() {
        return word + "=" + value;
    }

    boolean isTime() {
        return TIME.matcher(value).matches();
    }

    int ppm(final int max) {
        return (int) number(
                PERCENT,
                Map.of("%", PPM_PER_PERCENT),
                0,
                max,
                Quantity::percentText,
                "is no percentage in steps of 0.0001%: write 1% or 0.1%");
    }

    long timeNs(final long min, final long max) {
        return number(
                TIME,
                TIMES,
                min,
                max,
                Quantity::timeText,
                "is no time in whole ns: write it with ns, us, ms or s, as 5ms");
    }

    long bitsPerSecond(final long min, final long max) {
        return number(
                RATE,
                RATES,
                min,
                max,
                Quantity::rateText,
                "is no rate: write it with bit, kbit, mbit or gbit, as 50mbit");
    }

    long bytes(final long min, final long max) {
        return number(SIZE, SIZES, min, max, Quantity::sizeText, "is no size in bytes: write 64k or 65536");
    }

    long whole(final long min, final long max) {
        return number(PLAIN, Map.of("", 1L), min, max, Long::toString, "is no whole number");
    }

    /** A decimal number from a least one to a greatest one. */
    double decimal(final double min, final double max) {
        if (!PLAIN.matcher(value).matches()) {
            throw refused("is no number");
        }
        final double number = Double.parseDouble(value);
        if (number < min || number > max) {
            throw refused("must be from " + decimalText(min) + " to " + decimalText(max));
        }
        return number;
    }

    private long number(
            final Pattern pattern,
            final Map<String, Long> units,
            final long min,
            final long max,
            final LongFunction<String> text,
            final String fault) {
        final Matcher matcher = pattern.matcher(value);
        final Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw refused(fault);
        }
        final BigDecimal number = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw refused("must be from " + text.apply(min) + " to " + text.apply(max));
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw refused(fault);
        }
        return number.longValue();
    }

    static String percentText(final long ppm) {
        return BigDecimal.valueOf(ppm, 4).stripTrailingZeros().toPlainString() + "%";
    }

    static String timeText(final long ns) {
        for (final String unit : new String[] {"s", "ms", "us"}) {
            if (ns % TIMES.getOrDefault(unit, 1L) == 0) {
                return ns / TIMES.getOrDefault(unit, 1L) + unit;
            }
        }
        return ns + "ns";
    }

    static String rateText(final long bitsPerSecond) {
        for (final String unit : new String[] {"gbit", "mbit", "kbit"}) {
            if (bitsPerSecond % RATES.getOrDefault(unit, 1L) == 0) {
                return bitsPerSecond / RATES.getOrDefault(unit, 1L) + unit;
            }
        }
        return bitsPerSecond + "bit";
    }

    static String sizeText(final long bytes) {
        for (final String unit : new String[] {"m", "k"}) {
            if (bytes % SIZES.getOrDefault(unit, 1L) == 0) {
                return bytes / SIZES.getOrDefault(unit, 1L) + unit;
            }
        }
        return Long.toString(bytes);
    }

    static String decimalText(final double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
