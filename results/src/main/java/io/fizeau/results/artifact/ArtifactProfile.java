package io.fizeau.results.artifact;

import java.util.Locale;

/** How long the reference runs are measured. */
public enum ArtifactProfile {
    /** Half an hour: enough for each claim, with intervals as wide as few forks make them. */
    SHORT,
    /** Hours: the same runs with the forks of the standard profile. */
    FULL;

    /** {@return its name on the command line and in {@code plan.json}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
