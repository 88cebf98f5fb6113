package io.fizeau.results.run;

import java.nio.file.Path;

/**
 * The schemas of the files in a run folder: {@code name/major} or {@code name/major.minor}. A minor version adds fields, which
 * whoever does not know them passes over; another major version would be misread.
 */
final class Schemas {
    private Schemas() {}

    /** Throws unless the file's schema is the known one, or a minor version of it. */
    static void check(final Path file, final String schema, final String known) {
        final boolean isKnown = schema.equals(known)
                || (schema.startsWith(known + '.')
                        && schema.substring(known.length() + 1).matches("\\d+"));
        if (!isKnown) {
            throw new ResultsException(
                    file,
                    (schema.isEmpty() ? "names no schema" : "has schema \"" + schema + "\"") + "; this version reads \""
                            + known + "\"");
        }
    }
}
