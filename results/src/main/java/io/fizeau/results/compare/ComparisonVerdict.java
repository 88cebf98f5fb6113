package io.fizeau.results.compare;

import io.fizeau.results.metric.Direction;
import io.fizeau.results.stats.RatioEstimate;

/** What may be said about one measure of one row of the candidate beside the base; the worst first. */
public enum ComparisonVerdict {
    /** It is worse, and not merely by chance. */
    REGRESSED("REGRESSED"),
    /** The row must not be believed on at least one side. */
    INVALID("INVALID"),
    /** The sides were measured in one session each, so that the difference may be the sessions'. */
    SESSION_CONFOUNDED("SESSION-CONFOUNDED"),
    /** The data leave open whether there is a difference that matters. This is not equivalence. */
    INCONCLUSIVE("INCONCLUSIVE"),
    /** Too few forks for a verdict of any kind, no ratio, or a measure of which neither direction is better. */
    NO_VERDICT("no verdict"),
    /** Only one side has it. */
    ONE_SIDE_ONLY("one side only"),
    /** Whatever the true ratio is, it is so close to 1 that it does not matter: the whole interval lies within the threshold. */
    EQUIVALENT("EQUIVALENT"),
    /** It is better, and not merely by chance. */
    IMPROVED("IMPROVED");

    /** Fewer forks a side than this get no verdict. */
    public static final int MIN_FORKS = 6;
    /** Several sessions a side are at least so many. */
    public static final int MIN_SESSIONS = 2;
    /** The level at which a difference counts, after Holm's correction. */
    public static final double SIGNIFICANCE = 0.05;

    private final String label;

    ComparisonVerdict(final String label) {
        this.label = label;
    }

    /** {@return its name in tables and files} */
    public String label() {
        return label;
    }

    /**
     * Decides for a measure that may get a verdict. Equivalence comes first: a difference may be certain and too small to matter.
     *
     * @param ratio candidate over base.
     * @param holmP the p-value after correction within its family.
     * @param better which way is better.
     * @param threshold the margin of equivalence, as a share.
     * @return {@link #EQUIVALENT}, {@link #IMPROVED}, {@link #REGRESSED} or {@link #INCONCLUSIVE}.
     */
    static ComparisonVerdict of(
            final RatioEstimate ratio, final double holmP, final Direction better, final double threshold) {
        if (ratio.isWithin(threshold)) {
            return EQUIVALENT;
        }
        if (holmP < SIGNIFICANCE) {
            return (ratio.ratio() < 1) == (better == Direction.LESS) ? IMPROVED : REGRESSED;
        }
        return INCONCLUSIVE;
    }

    /** {@return whether it says something about the candidate: one of the four that come from a test} */
    public boolean isDecided() {
        return this == REGRESSED || this == IMPROVED || this == EQUIVALENT || this == INCONCLUSIVE;
    }
}
