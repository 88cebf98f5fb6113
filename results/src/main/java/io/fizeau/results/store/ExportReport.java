package io.fizeau.results.store;

import java.util.List;

/**
 * What became of the runs of an export.
 *
 * @param read how many were read.
 * @param unchanged how many were there already.
 * @param removed how many were removed because their folder is gone.
 * @param notices what a user should know, one line each; nothing is missing from the tables for them.
 * @param problems what could not be used, one line each, so that the tables lack it.
 */
public record ExportReport(int read, int unchanged, int removed, List<String> notices, List<String> problems) {
    /** Copies the lists. */
    public ExportReport {
        notices = List.copyOf(notices);
        problems = List.copyOf(problems);
    }
}
