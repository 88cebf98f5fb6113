package io.fizeau.results.metric;

/** Which way a measure is better. */
public enum Direction {
    /** Less is better: a time, a cost, a loss. */
    LESS,
    /** More is better: a rate, a goodput. */
    MORE,
    /** Neither: it describes what happened. No verdict is given about it. */
    NEITHER
}
