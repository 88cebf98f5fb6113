package io.fizeau.results.choose;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.metric.Measures;
import io.fizeau.results.metric.OpenLoopMetrics;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.table.Figures;
import io.fizeau.results.validity.Validity;
import io.fizeau.results.validity.ValidityRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads rows against needs. A row of another question, such as a server that works or a hundred connections, is no evidence. Stateless. */
final class RowReading {
    /** With fewer forks their spread is not known. */
    static final int LEAST_FORKS = 3;

    private static final String CLOSED = ".closed";
    private static final Map<String, String> USUAL =
            Map.of("service", "none", "connections", "1", "arrivals", "constant");
    private static final double PERCENT = 100;

    private RowReading() {}

    static Optional<Evidence> of(final Run run, final Row row, final Needs needs) {
        final RowKey key = row.key();
        final double sizeBytes = key.number("messageBytes");
        final boolean isUsual = USUAL.entrySet().stream()
                .allMatch(
                        e -> key.params().getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
        final boolean isClosed = key.benchmark().endsWith(CLOSED);
        if (key.param("transport").isEmpty()
                || Double.isNaN(sizeBytes)
                || !isUsual
                || !(isClosed || OpenLoopMetrics.isOpenLoop(row))) {
            return Optional.empty();
        }
        final MeasuredLink link = MeasuredLink.of(run.manifest(), row);
        final Manifest manifest = run.manifest();
        final Judgement judgement = judgement(run, row, needs);
        return Optional.of(new Evidence(
                String.valueOf(run.location().getFileName()),
                manifest.startedAt(),
                manifest.build().getOrDefault("gitCommit", ""),
                key,
                (int) sizeBytes,
                isClosed ? Double.NaN : key.number("rate"),
                link.match(needs),
                link.text(),
                row.okForks().size(),
                judgement.readings,
                lostShare(row),
                judgement.verdict,
                judgement.isRateMissed,
                judgement.isUnusable,
                judgement.why));
    }

    private static Judgement judgement(final Run run, final Row row, final Needs needs) {
        final List<ForkResult> forks = row.okForks();
        final long reached = forks.stream().filter(RowReading::isRateReached).count();
        final boolean isMissed = reached == 0 && !forks.isEmpty();
        final Map<String, Measure> measures =
                Measures.of(row).stream().collect(Collectors.toMap(Measure::name, measure -> measure));
        final List<LimitReading> readings = isMissed
                ? List.of()
                : needs.limits().stream()
                        .map(limit -> LimitReading.of(row, measures, limit))
                        .toList();
        final Validity validity =
                Validity.of(run, row, isMissed ? ValidityRules.ofMissedRate(run) : ValidityRules.of(run));
        if (!run.manifest().complete() && run.manifest().sweep().isPresent()) {
            return new Judgement(readings, isMissed, true, "INVALID: the sweep was stopped, so forks may be missing");
        }
        if (!validity.isValid()) {
            return new Judgement(
                    readings, isMissed, true, "INVALID: " + validity.reasons().get(0));
        }
        if (forks.size() < LEAST_FORKS) {
            final String count = forks.size() == 1 ? "1 fork" : forks.size() + " forks";
            return new Judgement(
                    readings, isMissed, true, "only " + count + ": their spread is known from " + LEAST_FORKS + " on");
        }
        return isMissed
                ? new Judgement(readings, ChoiceVerdict.FAILS, true, false, "rate not held: " + acceptedText(row))
                : byLimits(readings, forks.size(), (int) (forks.size() - reached));
    }

    private static Judgement byLimits(final List<LimitReading> readings, final int forks, final int missed) {
        for (final LimitReading reading : readings) {
            if (reading.beyond() == forks) {
                return new Judgement(readings, ChoiceVerdict.FAILS, false, false, "too slow: " + over(reading));
            }
        }
        if (missed > 0) {
            return new Judgement(
                    readings, false, false, "the rate was held in " + (forks - missed) + " of " + forks + " forks");
        }
        for (final LimitReading reading : readings) {
            if (reading.beyond() > 0) {
                return new Judgement(
                        readings,
                        false,
                        false,
                        "straddles the limit: " + reading.limit().point() + " is within "
                                + Figures.duration(reading.limit().limitNs()) + " in " + reading.within() + " of "
                                + forks
                                + " forks");
            }
            if (reading.unknown() > 0) {
                return new Judgement(
                        readings,
                        false,
                        false,
                        "too few messages: not enough stand behind "
                                + reading.limit().point() + " in " + reading.unknown() + " of " + forks + " forks");
            }
        }
        return new Judgement(readings, ChoiceVerdict.MEETS, false, false, "");
    }

    private static String over(final LimitReading reading) {
        final String limit = reading.limit().point() + " over "
                + Figures.duration(reading.limit().limitNs());
        return reading.isBound() ? limit + ", for so many messages never came back" : limit + " in all forks";
    }

    private static String acceptedText(final Row row) {
        final double share = ForkMetrics.over(row, OpenLoopMetrics::inTimeShare).median();
        return String.format(
                Locale.ROOT, "of %s/s %.1f %% were accepted in time", row.key().param("rate"), share * PERCENT);
    }

    /** What a sweep found while it ran stands in its notes. */
    private static boolean isRateReached(final ForkResult fork) {
        return !fork.entry().notes().getOrDefault("sweepRateKept", "").equals("false")
                && OpenLoopMetrics.isRateReached(fork);
    }

    private static double lostShare(final Row row) {
        final double due = row.okForks().stream()
                .mapToDouble(fork -> OpenLoopMetrics.count(fork, "due"))
                .sum();
        final double lost = row.okForks().stream()
                .mapToDouble(fork -> OpenLoopMetrics.count(fork, "lost"))
                .sum();
        return due > 0 ? lost / due : 0;
    }

    private record Judgement(
            List<LimitReading> readings, ChoiceVerdict verdict, boolean isRateMissed, boolean isUnusable, String why) {
        Judgement(
                final List<LimitReading> readings,
                final boolean isRateMissed,
                final boolean isUnusable,
                final String why) {
            this(readings, ChoiceVerdict.CANNOT_TELL, isRateMissed, isUnusable, why);
        }
    }
}
