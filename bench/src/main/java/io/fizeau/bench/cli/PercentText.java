package io.fizeau.bench.cli;

import io.fizeau.core.error.TransportException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as a person writes them on the command line. */
final class PercentText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");

    private PercentText() {}

    /** The share that a text such as {@code 3%} means, 0.03; the limits are in percent. */
    static double parse(final String option, final String text, final double least, final double most) {
        final Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            final double percent = Double.parseDouble(matcher.group(1));
            if (percent >= least && percent <= most) {
                return percent / 100;
            }
        }
        throw TransportException.badRequest(
                option + ' ' + text + " is not allowed: it takes " + least + "% to " + most + "%, such as 3%");
    }
}
