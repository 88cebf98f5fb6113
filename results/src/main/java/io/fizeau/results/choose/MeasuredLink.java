package io.fizeau.results.choose;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The network that a row was measured over, as far as it is known.
 *
 * @param text as the run wrote it, without its seed.
 * @param lossUp share of packets lost on the way to the server.
 * @param lossDown and back.
 * @param rttNs what the link adds to a round trip.
 * @param isBursty losses come together; how much that hurts depends on the protocol, so it is neither better nor worse than as many
 *     single ones.
 * @param isWorse it does other harm as well: a rate, jitter, overtaking, a blackout.
 * @param isKnown false where the two ends were on two hosts, whose network nobody described.
 */
record MeasuredLink(
        String text, double lossUp, double lossDown, double rttNs, boolean isBursty, boolean isWorse, boolean isKnown) {
    /** Round trip and loss may differ by this share and are the same. */
    static final double TOLERANCE = 0.10;

    private static final String NONE = "none";
    private static final Map<String, Double> UNIT_NS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
    private static final Set<String> BURSTS = Set.of("burst", "gilbert");

    /** {@return the link of a row} The manifest's topology tells whether there was a real network. */
    static MeasuredLink of(final Manifest manifest, final Row row) {
        final String parameter = row.key().param("impair");
        final String text =
                parameter.isEmpty() ? row.forks().get(0).entry().notes().getOrDefault("impairment", NONE) : parameter;
        return parse(text, !manifest.topology().equals("REMOTE"));
    }

    static MeasuredLink parse(final String text, final boolean isKnown) {
        final Map<String, String> up = new HashMap<>();
        final Map<String, String> down = new HashMap<>();
        final StringBuilder shown = new StringBuilder();
        for (final String part : text.split(":", -1)) {
            final int equals = part.indexOf('=');
            final String word = equals < 0 ? part : part.substring(0, equals);
            if (word.equals("seed")) {
                continue;
            }
            shown.append(shown.isEmpty() ? "" : ":").append(part);
            if (word.equals(NONE) || equals < 0) {
                continue;
            }
            if (!word.startsWith("down.")) {
                up.put(word.replaceFirst("^up\\.", ""), part.substring(equals + 1));
            }
            if (!word.startsWith("up.")) {
                down.put(word.replaceFirst("^down\\.", ""), part.substring(equals + 1));
            }
        }
        final Map<String, String> all = new HashMap<>(up);
        all.putAll(down);
        final boolean isBursty = all.keySet().stream().anyMatch(BURSTS::contains);
        all.keySet().removeAll(BURSTS);
        all.keySet().removeAll(Set.of("loss", "delay"));
        return new MeasuredLink(
                shown.toString(),
                share(up.getOrDefault("loss", "0")),
                share(down.getOrDefault("loss", "0")),
                ns(up.getOrDefault("delay", "0ns")) + ns(down.getOrDefault("delay", "0ns")),
                isBursty,
                !all.isEmpty(),
                isKnown);
    }

    LinkMatch match(final Needs needs) {
        if (!isKnown || (isBursty && needs.loss() > 0)) {
            return LinkMatch.OTHER;
        }
        final boolean isClean = !isWorse && !isBursty;
        if (isClean && isSame(lossUp, needs.loss()) && isSame(lossDown, needs.loss()) && isSame(rttNs, needs.rttNs())) {
            return LinkMatch.SAME;
        }
        if (isAtLeast(lossUp, needs.loss()) && isAtLeast(lossDown, needs.loss()) && isAtLeast(rttNs, needs.rttNs())) {
            return LinkMatch.WORSE;
        }
        return isClean
                        && isAtLeast(needs.loss(), lossUp)
                        && isAtLeast(needs.loss(), lossDown)
                        && isAtLeast(needs.rttNs(), rttNs)
                ? LinkMatch.MILDER
                : LinkMatch.OTHER;
    }

    private static boolean isSame(final double measured, final double needed) {
        return Math.abs(measured - needed) <= TOLERANCE * needed;
    }

    private static boolean isAtLeast(final double one, final double other) {
        return one >= other * (1 - TOLERANCE);
    }

    private static double share(final String text) {
        final String number = text.replace("%", "");
        return number.matches("\\d+(\\.\\d+)?")
                ? Double.parseDouble(number) / (text.endsWith("%") ? 100 : 1)
                : Double.NaN;
    }

    private static double ns(final String text) {
        final String unit = text.replaceFirst("^[\\d.]+", "").toLowerCase(Locale.ROOT);
        final String number = text.substring(0, text.length() - unit.length());
        return UNIT_NS.containsKey(unit) && number.matches("\\d+(\\.\\d+)?")
                ? Double.parseDouble(number) * UNIT_NS.getOrDefault(unit, 1.0)
                : Double.NaN;
    }
}
