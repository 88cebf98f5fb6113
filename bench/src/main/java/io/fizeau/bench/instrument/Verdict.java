package io.fizeau.bench.instrument;

/** What became of one expectation. */
public enum Verdict {
    /** What was measured lies within the tolerance. */
    OK,
    /** It does not, or nothing could be measured although it should have been. */
    OFF,
    /** This machine lacks what the experiment needs; the note says what. */
    SKIPPED
}
