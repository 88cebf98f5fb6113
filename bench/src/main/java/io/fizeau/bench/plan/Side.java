package io.fizeau.bench.plan;

import java.util.List;
import java.util.Locale;

/** Which build a fork measures. A run has one side, or two that are measured in turn to be compared. */
public enum Side {
    /** The only one there is. */
    ALONE,
    /** What the candidate is compared with. */
    BASE,
    /** What this tree, or this jar, is. */
    CANDIDATE;

    /** The two sides of a comparison. */
    static final List<Side> BOTH = List.of(BASE, CANDIDATE);

    /**
     * Its name in manifests and in the names of run folders.
     *
     * @return lower case.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
