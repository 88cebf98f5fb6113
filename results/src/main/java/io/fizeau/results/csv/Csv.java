package io.fizeau.results.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values for a notebook: fields quoted as RFC 4180 has it, lines ended by CR LF, numbers in plain decimal without loss,
 * an empty field where there is nothing. Stateless.
 */
public final class Csv {
    private Csv() {}

    /**
     * {@return one line, with its end}
     *
     * @param fields in order.
     */
    public static String line(final List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    /**
     * {@return all lines}
     *
     * @param lines the heading first.
     */
    public static String lines(final List<List<String>> lines) {
        return lines.stream().map(Csv::line).collect(Collectors.joining());
    }

    /**
     * {@return the text, quoted where it has to be}
     *
     * @param text of one field.
     */
    public static String field(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("\",\r\n".indexOf(text.charAt(i)) >= 0) {
                return '"' + text.replace("\"", "\"\"") + '"';
            }
        }
        return text;
    }

    /**
     * {@return the number in decimal digits, never with an exponent; reading it gives the same number again} Empty for what is no finite
     * number.
     *
     * @param value any number.
     */
    public static String number(final double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /**
     * {@return each of the numbers as {@link #number} writes it}
     *
     * @param values any numbers.
     */
    public static List<String> numbers(final double... values) {
        final List<String> texts = new ArrayList<>(values.length);
        for (final double value : values) {
            texts.add(number(value));
        }
        return texts;
    }
}
