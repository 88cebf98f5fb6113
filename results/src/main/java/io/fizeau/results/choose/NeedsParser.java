package io.fizeau.results.choose;

import io.fizeau.results.run.ResultsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads needs as a user writes them; what is wrong is one line that says what is allowed. Stateless. */
public final class NeedsParser {
    /** What a transport can promise, by the names of {@code fizeau list} and of the manifests. */
    static final List<String> GUARANTEES = List.of(
            "reliable",
            "ordered",
            "boundaries",
            "connected",
            "duplex",
            "flow-controlled",
            "encrypted",
            "authenticated",
            "cross-process",
            "cross-host",
            "blocking-delivery",
            "blocking-send",
            "polled-per-connection",
            "concurrent-send",
            "allocates");

    private static final List<String> POINTS = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final Map<String, Double> UNIT_NS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
    private static final Pattern TIME = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s)");
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,7}");
    /** What a link can add, both ways together; and longer than any deadline that an open loop is given. */
    private static final double MOST_NS = 20e9;
    /** A link loses packets in steps of this. */
    private static final double LEAST_LOSS = 1e-6;

    private static final double MOST_RATE = 1e9;
    private static final double PERCENT = 100;

    private NeedsParser() {}

    /**
     * {@return the needs} Over a network that delays or loses packets, {@code cross-host} is needed as well.
     *
     * @param rate messages a second, such as {@code 100k}; empty for one at a time.
     * @param size bytes of a message, such as {@code 256}.
     * @param rtt such as {@code 2ms}; empty for none.
     * @param loss such as {@code 1%}; empty for none.
     * @param limits such as {@code p99=5ms}.
     * @param guarantees such as {@code reliable}.
     * @throws ResultsException if one is not understood, or nothing is asked for that a measurement could answer.
     */
    public static Needs parse(
            final String rate,
            final String size,
            final String rtt,
            final String loss,
            final List<String> limits,
            final List<String> guarantees) {
        if (rate.isEmpty() && limits.isEmpty()) {
            throw new ResultsException(
                    "nothing to measure by: give --rate, --slo or both, such as --rate 10k --slo p99=5ms;"
                            + " what each transport promises is in 'fizeau list'");
        }
        if (!SIZE.matcher(size).matches()) {
            throw new ResultsException((size.isEmpty() ? "--size is missing" : "--size " + size + " is not allowed")
                    + ": it takes the bytes of a message, such as --size 256");
        }
        final Needs needs = new Needs(
                rate.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(rate(rate)),
                Integer.parseInt(size),
                rtt.isEmpty() ? 0 : time("--rtt " + rtt, rtt, true),
                loss.isEmpty() ? 0 : loss(loss),
                limits(limits),
                guarantees(guarantees));
        final Set<String> promised = new LinkedHashSet<>(needs.guarantees());
        if (needs.isImpaired()) {
            promised.add("cross-host");
        }
        return new Needs(
                needs.ratePerSecond(),
                needs.sizeBytes(),
                needs.rttNs(),
                needs.loss(),
                needs.limits(),
                List.copyOf(promised));
    }

    private static double rate(final String text) {
        final String lower = text.toLowerCase(Locale.ROOT);
        final double factor = lower.endsWith("k") ? 1e3 : lower.endsWith("m") ? 1e6 : 1;
        final double rate = number(factor == 1 ? lower : lower.substring(0, lower.length() - 1)) * factor;
        if (!(rate > 0 && rate <= MOST_RATE)) {
            throw new ResultsException(
                    "--rate " + text + " is not allowed: it takes messages a second, over 0 and up to"
                            + " 1000M, such as 10000, 10k or 1M");
        }
        return rate;
    }

    private static double loss(final String text) {
        final boolean isPercent = text.endsWith("%");
        final double number = number(isPercent ? text.substring(0, text.length() - 1) : text);
        final double share = isPercent ? number / PERCENT : number;
        if (!(share == 0 || (share >= LEAST_LOSS && share < 1))) {
            throw new ResultsException(
                    "--loss " + text + " is not allowed: it takes the share of packets that is lost each"
                            + " way, 0 or from 0.0001% to below 100%, such as 1%");
        }
        return share;
    }

    private static double number(final String digits) {
        return digits.matches("\\d{1,12}(\\.\\d{1,9})?") ? Double.parseDouble(digits) : Double.NaN;
    }

    private static double time(final String what, final String text, final boolean mayBeZero) {
        final Matcher form = TIME.matcher(text);
        if (form.matches()) {
            final double ns = Double.parseDouble(form.group(1)) * UNIT_NS.getOrDefault(form.group(2), 1.0);
            if (ns <= MOST_NS && (ns > 0 || mayBeZero)) {
                return ns;
            }
        }
        throw new ResultsException(
                what + " is not allowed: it takes a time with its unit (ns, us, ms or s) up to 20s, such as 2ms");
    }

    private static List<Limit> limits(final List<String> texts) {
        final List<Limit> limits = new ArrayList<>();
        for (final String text : texts) {
            final int equals = text.indexOf('=');
            final String point = equals < 0 ? text : text.substring(0, equals);
            if (equals < 0 || !POINTS.contains(point)) {
                throw new ResultsException(
                        "--slo " + text + " is not allowed: it takes a percentile and a time, such as"
                                + " p99=5ms; the percentiles are " + String.join(", ", POINTS));
            }
            if (limits.stream().anyMatch(other -> other.point().equals(point))) {
                throw new ResultsException("--slo names " + point + " twice");
            }
            limits.add(new Limit(point, time("--slo " + text, text.substring(equals + 1), false)));
        }
        return limits;
    }

    private static List<String> guarantees(final List<String> names) {
        for (final String name : names) {
            if (!GUARANTEES.contains(name)) {
                throw new ResultsException(
                        "--needs " + name + " is no guarantee that a transport can give; the known ones: "
                                + String.join(", ", GUARANTEES));
            }
        }
        return names.stream().distinct().toList();
    }
}
