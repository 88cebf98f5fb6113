package io.fizeau.results.compare;

import io.fizeau.results.metric.Direction;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.stats.RankComparison;
import io.fizeau.results.stats.RatioEstimate;
import io.fizeau.results.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the line of one measure of one row. Its verdict is then final, or {@link ComparisonVerdict#INCONCLUSIVE} for all that the
 * test has to decide once the family is known. Stateless but for the design.
 */
final class LineAssembly {
    private static final RatioEstimate NO_RATIO = RatioEstimate.unpaired(new double[0], new double[0]);
    private static final RankComparison NO_RANKS = RankComparison.unpaired(new double[0], new double[0]);

    private final Design design;

    LineAssembly(final Design design) {
        this.design = design;
    }

    ComparedLine line(final MatchedRow row, final Measure measure) {
        final List<String> reasons = new ArrayList<>();
        if (!row.note().isEmpty()) {
            reasons.add(row.note());
        }
        if (!isMeasured(row.base(), measure) || !isMeasured(row.candidate(), measure)) {
            reasons.add(oneSide(row, measure));
            return line(row, measure, row.base(), row.candidate(), ComparisonVerdict.ONE_SIDE_ONLY, reasons);
        }
        List<SessionRow> base = valid(row.base());
        List<SessionRow> candidate = valid(row.candidate());
        if (design == Design.PAIRED) {
            base = partnered(base, candidate);
            candidate = partnered(candidate, base);
        }
        final int least = design == Design.SESSIONS ? ComparisonVerdict.MIN_SESSIONS : 1;
        final boolean isAllOfASide = design == Design.SESSION_CONFOUNDED
                && (base.size() < row.base().size()
                        || candidate.size() < row.candidate().size());
        addReasons(reasons, "base", row.base());
        addReasons(reasons, "candidate", row.candidate());
        if (base.size() < least || candidate.size() < least || isAllOfASide) {
            final boolean isInvalid =
                    row.base().size() > base.size() || row.candidate().size() > candidate.size();
            if (!isInvalid) {
                reasons.add("in one session of a side only");
            }
            return line(
                    row,
                    measure,
                    row.base(),
                    row.candidate(),
                    isInvalid ? ComparisonVerdict.INVALID : ComparisonVerdict.SESSION_CONFOUNDED,
                    reasons);
        }
        return line(row, measure, base, candidate, ComparisonVerdict.INCONCLUSIVE, reasons);
    }

    private ComparedLine line(
            final MatchedRow row,
            final Measure measure,
            final List<SessionRow> base,
            final List<SessionRow> candidate,
            final ComparisonVerdict verdict,
            final List<String> reasons) {
        final double[] ofBase = SideSamples.all(base, measure);
        final double[] ofCandidate = SideSamples.all(candidate, measure);
        RatioEstimate ratio = NO_RATIO;
        RankComparison ranks = NO_RANKS;
        if (verdict != ComparisonVerdict.ONE_SIDE_ONLY) {
            final SideSamples samples = SideSamples.of(design, base, candidate, measure);
            ranks = samples.ranks();
            final long nothing =
                    SideSamples.countNothing(ofBase, measure) + SideSamples.countNothing(ofCandidate, measure);
            if (nothing > 0) {
                reasons.add("0 in " + nothing + " of " + (ofBase.length + ofCandidate.length)
                        + " forks: there is no ratio to nothing");
            } else {
                ratio = samples.ratio();
            }
        }
        return new ComparedLine(
                row.key(),
                measure,
                Summary.of(ofBase),
                Summary.of(ofCandidate),
                ratio,
                Double.NaN,
                ranks.pValue(),
                ranks.cliffsDelta(),
                ratio.detectableEffect(),
                isInvalid(row.base()),
                verdict == ComparisonVerdict.INCONCLUSIVE
                        ? open(measure, ratio, ofBase, ofCandidate, reasons)
                        : verdict,
                reasons);
    }

    /** What the design, the number of forks and the measure leave to decide. */
    private ComparisonVerdict open(
            final Measure measure,
            final RatioEstimate ratio,
            final double[] base,
            final double[] candidate,
            final List<String> reasons) {
        if (measure.better() == Direction.NEITHER) {
            reasons.add("neither direction of " + measure.name() + " is better");
            return ComparisonVerdict.NO_VERDICT;
        }
        if (Double.isNaN(ratio.ratio())) {
            return ComparisonVerdict.NO_VERDICT;
        }
        if (design == Design.SESSION_CONFOUNDED) {
            return ComparisonVerdict.SESSION_CONFOUNDED;
        }
        final long least = design == Design.PAIRED
                ? ratio.baseCount()
                : Math.min(Summary.of(base).count(), Summary.of(candidate).count());
        if (least < ComparisonVerdict.MIN_FORKS) {
            reasons.add(least + (design == Design.PAIRED ? " rounds on both sides" : " forks a side")
                    + ": a verdict takes " + ComparisonVerdict.MIN_FORKS);
            return ComparisonVerdict.NO_VERDICT;
        }
        return Double.isNaN(ratio.pValue()) ? ComparisonVerdict.NO_VERDICT : ComparisonVerdict.INCONCLUSIVE;
    }

    private static boolean isMeasured(final List<SessionRow> sessions, final Measure measure) {
        return sessions.stream().anyMatch(session -> session.measures().containsKey(measure.name()));
    }

    private static List<SessionRow> valid(final List<SessionRow> sessions) {
        return sessions.stream().filter(SessionRow::isValid).toList();
    }

    /** Of several sessions those that are invalid are left out, as long as enough are left; of one nothing is. */
    private boolean isInvalid(final List<SessionRow> sessions) {
        final int left = valid(sessions).size();
        return left < sessions.size()
                && (design == Design.SESSION_CONFOUNDED
                        || left < (design == Design.SESSIONS ? ComparisonVerdict.MIN_SESSIONS : 1));
    }

    private static List<SessionRow> partnered(final List<SessionRow> sessions, final List<SessionRow> others) {
        final Set<String> ids = others.stream().map(SessionRow::pairId).collect(Collectors.toSet());
        return sessions.stream()
                .filter(session -> ids.contains(session.pairId()))
                .toList();
    }

    private static void addReasons(final List<String> reasons, final String side, final List<SessionRow> sessions) {
        for (final SessionRow session : sessions) {
            final String where = sessions.size() == 1
                    ? side
                    : side + ", left out: " + session.run().location().getFileName();
            session.reasons().forEach(reason -> reasons.add(where + ": " + reason));
        }
    }

    private static String oneSide(final MatchedRow row, final Measure measure) {
        final boolean inBase = isMeasured(row.base(), measure);
        final List<SessionRow> missing = inBase ? row.candidate() : row.base();
        final String only = "only in the " + (inBase ? "base" : "candidate");
        return missing.isEmpty() ? only : only + ": no fork of the other side has " + measure.name();
    }
}
