package io.fizeau.bench.sweep;

/**
 * Where the highest sustainable rate lies, as far as a search has come.
 *
 * @param heldPerSecond the highest rate that held in all its probes; 0 if none did.
 * @param failedPerSecond the lowest rate that failed in all its probes and above which none held; NaN if none did.
 * @param state how far the search came.
 */
record Bracket(double heldPerSecond, double failedPerSecond, State state) {
    /** How far a search came. */
    enum State {
        /** The bracket is as narrow as was asked for. */
        FOUND,
        /** Independent probes of the same rate disagreed, or could not tell: the bracket is wider than was asked for. */
        DISPUTED,
        /** No rate held in all its probes. */
        NONE_HELD,
        /** The highest rate that can be offered held. */
        NO_LIMIT,
        /** The search was stopped. */
        UNFINISHED
    }
}
