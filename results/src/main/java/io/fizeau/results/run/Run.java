package io.fizeau.results.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run that was read: a run folder, or a JMH JSON file of any project.
 *
 * @param location the folder or file.
 * @param manifest what is known about the run; nearly empty for a JMH JSON file.
 * @param hasManifest false for a JMH JSON file, and for a folder whose manifest is missing.
 * @param rows in the order in which they first ran.
 * @param problems what could not be read, one line each; the rows concerned carry the same as a failed fork.
 */
public record Run(Path location, Manifest manifest, boolean hasManifest, List<Row> rows, List<String> problems) {
    /** Copies the lists. */
    public Run {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * {@return the row, empty if there is none}
     *
     * @param key of a row.
     */
    public Optional<Row> row(final RowKey key) {
        return rows.stream().filter(r -> r.key().equals(key)).findFirst();
    }

    /**
     * {@return what is equal for a run folder and its copies, and for no other run} No two runs start and end in the same nanosecond, but
     * for the sides of an interleaved one; a JMH JSON file has nothing but its place.
     */
    public Object identity() {
        return manifest.startedAt().isEmpty()
                ? location.toAbsolutePath().normalize()
                : List.of(manifest.startedAt(), manifest.endedAt(), manifest.label(), manifest.interleaved());
    }
}
