package io.fizeau.results.stats.change;

/**
 * How changes are looked for.
 *
 * @param level of the permutation test, over 0 and at most 0.2: of so many series without a change, one is found in.
 * @param minSegment how many values lie between two changes at the least, 2 or more. Fewer than two values have no distance within.
 * @param seed what the permutations follow from: the same series gives the same answer.
 */
public record ChangeSettings(double level, int minSegment, long seed) {
    /** Level 5 %, segments of four values. */
    public static final ChangeSettings STANDARD = new ChangeSettings(0.05, 4, 42);

    /** So many times the level's inverse are the permutations, less one: the p-value comes in steps of a tenth of the level. */
    private static final int STEPS_IN_LEVEL = 10;

    /** Checks the limits. */
    public ChangeSettings {
        if (!(level > 0 && level <= 0.2)) {
            throw new IllegalArgumentException("level " + level + " is not over 0 and at most 0.2");
        }
        if (minSegment < 2) {
            throw new IllegalArgumentException("minSegment " + minSegment + " is below 2");
        }
    }

    /**
     * {@return the same with another level}
     *
     * @param other over 0 and at most 0.2.
     */
    public ChangeSettings withLevel(final double other) {
        return new ChangeSettings(other, minSegment, seed);
    }

    /** {@return how many permutations a test takes: 199 at 5 %} */
    public int permutations() {
        return (int) Math.ceil(STEPS_IN_LEVEL / level) - 1;
    }
}
