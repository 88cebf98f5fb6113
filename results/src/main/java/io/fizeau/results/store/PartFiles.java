package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes and removes the Parquet files of parts. Each is written aside and moved, so that it appears whole. One thread. */
final class PartFiles {
    private static final String ASIDE = ".aside";
    private static final String ENDING = ".parquet";

    private final Path folder;
    private final DuckDb duckDb;

    PartFiles(final Path folder, final DuckDb duckDb) {
        this.folder = folder;
        this.duckDb = duckDb;
    }

    /** {@return where work is done that is worth nothing once it is over} */
    static Path aside(final Path folder) {
        return folder.resolve(ASIDE);
    }

    /**
     * Writes a part.
     *
     * @param name of its files.
     * @param month its partition.
     * @param source what a table's file is to hold: a query without an order.
     * @return the part.
     */
    StoreLedger.Part write(final String name, final String month, final Function<StoreTable, String> source) {
        final StoreLedger.Part part = new StoreLedger.Part(name, month, 0);
        long lines = 0;
        try {
            for (final StoreTable table : StoreTable.values()) {
                final Path aside = part.file(aside(folder), table);
                final Path file = part.file(folder, table);
                Files.createDirectories(aside.getParent());
                Files.createDirectories(file.getParent());
                lines += duckDb.execute("COPY (" + source.apply(table) + order(table) + ") TO "
                        + DuckDb.quoted(aside.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (final IOException e) {
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
        return new StoreLedger.Part(name, month, lines);
    }

    /** Lines that are asked for together lie together, so that a query for one metric skips the others. */
    private static String order(final StoreTable table) {
        return switch (table) {
            case FORKS -> " ORDER BY metric, run, row, fork";
            case PERCENTILES -> " ORDER BY latency, run, row, fork, percentile";
            case ROWS -> " ORDER BY run, row";
            case RUNS, EDGES -> " ORDER BY run";
        };
    }

    /** {@return the lines of some parts} */
    String all(final List<StoreLedger.Part> parts, final StoreTable table) {
        return "SELECT * EXCLUDE (month) FROM "
                + DuckDb.files(
                        parts.stream().map(part -> part.file(folder, table)).toList());
    }

    /** Removes all Parquet files that belong to none of the parts. */
    void removeOthers(final Set<String> parts) {
        try {
            for (final Path file : parquet(folder)) {
                final String name = String.valueOf(file.getFileName());
                if (!parts.contains(name.substring(0, name.length() - ENDING.length()))) {
                    Files.delete(file);
                }
            }
        } catch (final IOException e) {
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
    }

    /** {@return all Parquet files where those of a store would be} */
    static List<Path> parquet(final Path folder) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final StoreTable table : StoreTable.values()) {
            final Path root = folder.resolve(table.label());
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root, 2)) {
                    files.filter(file -> file.toString().endsWith(ENDING)).forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Removes what was written aside. */
    static void removeAside(final Path folder) throws IOException {
        if (Files.exists(aside(folder))) {
            try (Stream<Path> files = Files.walk(aside(folder))) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
