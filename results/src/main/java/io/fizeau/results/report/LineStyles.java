package io.fizeau.results.report;

import java.util.HashMap;
import java.util.Map;

/** Gives each further line of a colour another dash. One chart, one thread. */
final class LineStyles {
    private final Map<String, Integer> used = new HashMap<>();

    /** The place of the next line of this colour, from 0. */
    int next(final String colour) {
        return used.merge(colour, 1, Integer::sum) - 1;
    }
}
