package io.fizeau.results.choose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes the command that measures what was asked, in the words of {@code fizeau run}. Immutable. */
final class NextRun {
    private static final int ROUNDS = 6;
    /** Where forks disagreed, more of them tell how often. */
    private static final int MORE_ROUNDS = 12;
    /** A percentile is told from ten messages beyond it on, in as many episodes; twice as many allow for some that come together. */
    private static final double MESSAGES_BEYOND = 20;
    /** One at a time without a link: a round trip is shorter than this as a rule. */
    private static final double CLOSED_NS = 100_000;

    /** What the open loops have, without a link and over one; a message that takes longer counts as lost. */
    private static final double DEADLINE_NS = 1e9;

    private static final double DEADLINE_OVER_LINK_NS = 10e9;
    private static final double NS_PER_SECOND = 1e9;

    private final Needs needs;
    private final List<String> plugins;

    NextRun(final Needs needs, final Collection<String> plugins) {
        this.needs = needs;
        this.plugins = List.copyOf(plugins);
    }

    /** The command for all of which it cannot be told; empty if there are none. */
    String command(final List<Candidate> candidates) {
        final List<Candidate> open = candidates.stream()
                .filter(candidate -> candidate.verdict() == ChoiceVerdict.CANNOT_TELL)
                .toList();
        final List<String> specs =
                open.stream().map(Candidate::spec).distinct().sorted().toList();
        if (specs.isEmpty()) {
            return "";
        }
        final boolean isRepeated = open.stream()
                .anyMatch(candidate -> candidate.why().startsWith("straddles")
                        || candidate.why().startsWith("the rate was held in"));
        final List<String> words = new ArrayList<>(List.of("./fizeau", "run"));
        for (final String plugin : plugins) {
            words.addAll(List.of("--plugin", quoted(plugin)));
        }
        words.addAll(List.of("--transports", quoted(String.join(",", specs))));
        words.addAll(List.of("--sizes", Integer.toString(needs.sizeBytes())));
        final boolean isOpenLoop = needs.ratePerSecond().isPresent();
        words.addAll(List.of("--suites", suite(isOpenLoop)));
        if (isOpenLoop) {
            words.addAll(List.of("--rates", plain(needs.ratePerSecond().getAsDouble())));
        }
        if (needs.isImpaired()) {
            words.addAll(List.of("--impair", impairment()));
        }
        words.addAll(List.of("--rounds", Integer.toString(isRepeated ? MORE_ROUNDS : ROUNDS)));
        final List<String> jmh = jmh(isOpenLoop);
        if (!jmh.isEmpty()) {
            words.add("--");
            words.addAll(jmh);
        }
        return String.join(" ", words);
    }

    private String suite(final boolean isOpenLoop) {
        if (needs.isImpaired()) {
            return isOpenLoop ? "LossRecoveryBenchmark.offered" : "LossRecoveryBenchmark.closed";
        }
        return isOpenLoop ? "openloop" : "roundtrip";
    }

    private List<String> jmh(final boolean isOpenLoop) {
        final double rate =
                isOpenLoop ? needs.ratePerSecond().getAsDouble() : NS_PER_SECOND / Math.max(CLOSED_NS, needs.rttNs());
        final double seconds = needs.limits().stream()
                .filter(limit -> limit.beyond() > 0)
                .mapToDouble(limit -> MESSAGES_BEYOND / limit.beyond() / rate)
                .max()
                .orElse(0);
        final List<String> jmh = new ArrayList<>();
        if (seconds > 1) {
            jmh.addAll(List.of("-r", (long) Math.ceil(seconds - 1e-6) + "s"));
        }
        final double longestNs =
                needs.limits().stream().mapToDouble(Limit::limitNs).max().orElse(0);
        if (isOpenLoop && longestNs >= (needs.isImpaired() ? DEADLINE_OVER_LINK_NS : DEADLINE_NS)) {
            jmh.addAll(List.of("-p", "deadline=" + (long) Math.ceil(2 * longestNs / NS_PER_SECOND) + "s"));
        }
        return jmh;
    }

    /** Half of the round trip each way. */
    private String impairment() {
        final List<String> parts = new ArrayList<>();
        if (needs.loss() > 0) {
            parts.add("loss="
                    + BigDecimal.valueOf(needs.loss())
                            .movePointRight(2)
                            .setScale(4, RoundingMode.HALF_UP)
                            .stripTrailingZeros()
                            .toPlainString()
                    + '%');
        }
        if (needs.rttNs() > 0) {
            final long ns = Math.round(needs.rttNs() / 2);
            parts.add("delay="
                    + (ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns % 1_000 == 0 ? ns / 1_000 + "us" : ns + "ns"));
        }
        return String.join(":", parts);
    }

    private static String plain(final double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** For a shell. */
    private static String quoted(final String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : '\'' + text.replace("'", "'\\''") + '\'';
    }
}
