package io.fizeau.results.artifact;

import io.fizeau.results.stats.PairedRatio;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes what came of the claims: a line for each, broken ones last, where a reader's eye is. Stateless. */
final class ClaimTable {
    private static final List<ClaimVerdict> ORDER =
            List.of(ClaimVerdict.RECORDED, ClaimVerdict.HOLDS, ClaimVerdict.CANNOT_TELL, ClaimVerdict.BROKEN);

    private ClaimTable() {}

    static List<String> of(final List<ClaimResult> results) {
        final int id = width(results.stream().map(result -> result.claim().id()).toList());
        final int claimed = width(results.stream().map(ClaimTable::claimed).toList());
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-11s  %-" + id + "s  %-" + claimed + "s  measured (95 %%)",
                "verdict",
                "claim",
                "claimed"));
        for (final ClaimVerdict verdict : ORDER) {
            results.stream()
                    .filter(result -> result.verdict() == verdict)
                    .map(result -> String.format(
                                    Locale.ROOT,
                                    "%-11s  %-" + id + "s  %-" + claimed + "s  %s",
                                    verdict,
                                    result.claim().id(),
                                    claimed(result),
                                    measured(result))
                            .stripTrailing())
                    .forEach(lines::add);
        }
        results.stream()
                .filter(result -> result.verdict() == ClaimVerdict.BROKEN)
                .forEach(result -> lines.addAll(story(result)));
        lines.add(summary(results));
        return lines;
    }

    private static int width(final List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String claimed(final ClaimResult result) {
        final Optional<Claim.Test> test = result.claim().test();
        if (test.isEmpty()) {
            return "";
        }
        final double low = test.get().low();
        final double high = test.get().high();
        final String unit = test.get().unit();
        if (Double.isInfinite(low)) {
            return "at most " + quantity(high, unit);
        }
        return Double.isInfinite(high)
                ? "at least " + quantity(low, unit)
                : quantity(low, unit) + " to " + quantity(high, unit);
    }

    private static String measured(final ClaimResult result) {
        final String why = result.verdict() == ClaimVerdict.BROKEN ? "" : result.why();
        if (result.measured().isEmpty()) {
            return result.verdict() == ClaimVerdict.RECORDED ? "not by this command: " + why : why;
        }
        final PairedRatio measured = result.measured().get();
        final String unit = result.claim().test().map(Claim.Test::unit).orElse("");
        return quantity(measured.ratio(), unit)
                + (measured.pairs() < 2
                        ? ""
                        : " (" + quantity(measured.low(), unit) + " to " + quantity(measured.high(), unit) + ", "
                                + measured.pairs() + " forks)")
                + (why.isEmpty() ? "" : "; " + why);
    }

    private static List<String> story(final ClaimResult result) {
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(result.verdict() + " " + result.claim().id() + ", "
                + result.claim().doc() + ": \"" + result.claim().quote() + "\"");
        result.claim()
                .test()
                .ifPresent(test -> lines.add("  " + test.run() + ": " + test.figure()
                        + test.over().map(over -> ", over " + over).orElse("")));
        if (!result.why().isEmpty()) {
            lines.add("  " + result.why());
        }
        return lines;
    }

    private static String summary(final List<ClaimResult> results) {
        final StringBuilder text = new StringBuilder();
        for (final ClaimVerdict verdict : ClaimVerdict.values()) {
            final long count = results.stream()
                    .filter(result -> result.verdict() == verdict)
                    .count();
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(verdict);
        }
        return "\n" + text;
    }

    /** Times and rates get the prefix that suits them. */
    private static String quantity(final double value, final String unit) {
        return switch (unit) {
            case "ns" ->
                value >= 1e6
                        ? plain(value / 1e6) + " ms"
                        : value >= 1e3 ? plain(value / 1e3) + " us" : plain(value) + " ns";
            case "1/s" -> value >= 1e6 ? plain(value / 1e6) + " M/s" : plain(value / 1e3) + " k/s";
            default -> plain(value) + ' ' + unit;
        };
    }

    private static String plain(final double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(3)).toPlainString()
                : "-";
    }
}
