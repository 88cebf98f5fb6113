package io.fizeau.results.artifact;

/** Whether a claim of the docs still holds. */
public enum ClaimVerdict {
    /** The whole interval is within what is claimed. */
    HOLDS("HOLDS"),
    /** The whole interval is outside of it, the page no longer says it, or its run or row is not there. */
    BROKEN("BROKEN"),
    /** The interval reaches across a limit, or the row is invalid. */
    CANNOT_TELL("CANNOT TELL"),
    /** No reference run can show it. */
    RECORDED("recorded");

    private final String words;

    ClaimVerdict(final String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
