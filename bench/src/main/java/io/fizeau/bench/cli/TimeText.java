package io.fizeau.bench.cli;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a person writes them on the command line. */
final class TimeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(s|m|h)");

    private TimeText() {}

    static Duration parse(final String option, final String text, final Duration longest) {
        final Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            final long number = Long.parseLong(matcher.group(1));
            final Duration duration = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            if (!duration.isZero() && duration.compareTo(longest) <= 0) {
                return duration;
            }
        }
        throw TransportException.badRequest(option + ' ' + text
                + " is not allowed: it takes a time such as 90s, 10m or 2h, up to " + longest.toHours() + "h");
    }
}
