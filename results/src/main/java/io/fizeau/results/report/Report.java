package io.fizeau.results.report;

import java.util.List;

/**
 * A page, ready to be written.
 *
 * @param html the whole page.
 * @param problems what it lacks because it could not be read, one line each; the page says it too.
 */
public record Report(String html, List<String> problems) {
    /** Copies the list. */
    public Report {
        problems = List.copyOf(problems);
    }
}
