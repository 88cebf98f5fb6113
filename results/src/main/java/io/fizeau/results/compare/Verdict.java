package io.fizeau.results.compare;

import io.fizeau.results.stats.PairedRatio;

/** What may be said about a transport beside its reference. */
public enum Verdict {
    /** It is the one that the others are compared with. */
    REFERENCE("reference"),
    /** Its round trips are shorter, and not merely by chance. */
    FASTER("FASTER"),
    /** Its round trips are longer, and not merely by chance. */
    SLOWER("SLOWER"),
    /** Whatever the true ratio is, it is so close to 1 that it does not matter: the whole interval lies within the margin. */
    EQUIVALENT("EQUIVALENT"),
    /** The data leave open whether there is a difference that matters. This is not equivalence. */
    INCONCLUSIVE("INCONCLUSIVE"),
    /** Too few rounds for a verdict of any kind, or no valid reference. */
    NO_VERDICT("no verdict"),
    /** The row is invalid. */
    INVALID("INVALID");

    /** Fewer pairs than this get no verdict. */
    public static final int MIN_PAIRS = 6;
    /** The usual margin of equivalence. */
    public static final double EQUIVALENCE_MARGIN = 0.03;
    /** The level at which a difference counts, after Holm's correction. */
    public static final double SIGNIFICANCE = 0.05;

    private final String label;

    Verdict(final String label) {
        this.label = label;
    }

    /** {@return its name in tables and files} */
    public String label() {
        return label;
    }

    /**
     * Decides for a metric of which less is better. Equivalence comes first: a difference may be certain and too small to
     * matter.
     *
     * @param ratio candidate over reference.
     * @param holmP the p-value after correction within its family.
     * @param margin of equivalence, for example 0.03.
     * @return never {@link #REFERENCE} nor {@link #INVALID}.
     */
    public static Verdict of(final PairedRatio ratio, final double holmP, final double margin) {
        if (ratio.pairs() < MIN_PAIRS) {
            return NO_VERDICT;
        }
        if (ratio.isWithin(margin)) {
            return EQUIVALENT;
        }
        if (holmP < SIGNIFICANCE) {
            return ratio.ratio() < 1 ? FASTER : SLOWER;
        }
        return INCONCLUSIVE;
    }
}
