package io.fizeau.bench.sweep;

import io.fizeau.core.error.TransportException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One limit that a user sets: a percentile of the response time, and what it may be at the most. Immutable.
 *
 * @param name such as {@code p99}.
 * @param percent such as 99; 100 for the maximum.
 * @param limitNs nanoseconds.
 * @param text as the user wrote it.
 */
public record SloLimit(String name, double percent, long limitNs, String text) {
    /** A message that is lost counts as one that took the deadline, so a limit beyond it would let lost messages pass. */
    private static final long MOST_NS = 1_000_000_000;

    private static final Map<String, Double> PERCENT = new LinkedHashMap<>();
    private static final Map<String, Long> UNIT_NS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);
    private static final Pattern FORM = Pattern.compile("([^=]*)=(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s)");

    static {
        PERCENT.put("p50", 50.0);
        PERCENT.put("p90", 90.0);
        PERCENT.put("p99", 99.0);
        PERCENT.put("p99.9", 99.9);
        PERCENT.put("p99.99", 99.99);
        PERCENT.put("max", 100.0);
    }

    /**
     * Reads limits.
     *
     * @param texts such as {@code p99=100us}.
     * @return the limits in the same order.
     * @throws TransportException if one is not understood, or a percentile is named twice.
     */
    public static List<SloLimit> parse(final List<String> texts) {
        final List<SloLimit> limits = new ArrayList<>();
        for (final String text : texts) {
            final SloLimit limit = parse(text);
            if (limits.stream().anyMatch(other -> other.name.equals(limit.name))) {
                throw TransportException.badRequest("--slo names " + limit.name + " twice");
            }
            limits.add(limit);
        }
        return List.copyOf(limits);
    }

    /** Whether it is a limit to the longest response. */
    boolean isMax() {
        return percent == 100;
    }

    private static SloLimit parse(final String text) {
        final Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused(text, "it takes a percentile and a time with its unit (ns, us, ms or s), such as p99=100us");
        }
        final String name = form.group(1);
        final Double percent = PERCENT.get(name);
        if (percent == null) {
            throw refused(text, "the known percentiles are " + String.join(", ", PERCENT.keySet()));
        }
        final BigDecimal ns =
                new BigDecimal(form.group(2)).multiply(BigDecimal.valueOf(UNIT_NS.getOrDefault(form.group(3), 1L)));
        if (ns.signum() <= 0 || ns.compareTo(BigDecimal.valueOf(MOST_NS)) > 0) {
            throw refused(text, "the time must be more than 0 and at most 1s, after which a message counts as late");
        }
        return new SloLimit(name, percent, ns.longValue(), text);
    }

    private static TransportException refused(final String text, final String why) {
        return TransportException.badRequest("--slo " + text + " is not allowed: " + why);
    }
}
