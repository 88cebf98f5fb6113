package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** A DuckDB in memory, with limits: it keeps no file of its own. One thread. */
final class DuckDb implements AutoCloseable {
    /** With the heap of a JVM beside it, all stays below 1 GiB. */
    private static final String MEMORY = "300MB";

    private final Connection connection;

    private DuckDb(final Connection connection) {
        this.connection = connection;
    }

    /**
     * {@return a new one}
     *
     * @param spill where it may put what does not fit into memory; made when it is needed.
     * @throws ResultsException if DuckDB cannot run on this platform.
     */
    static DuckDb open(final Path spill) {
        final Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("jdbc_stream_results", "true");
        try {
            return new DuckDb(DriverManager.getConnection("jdbc:duckdb:", settings));
        } catch (final SQLException | LinkageError e) {
            throw new ResultsException("DuckDB cannot run here (" + e + "): 'fizeau export --format csv' needs none");
        }
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement that is right by construction, and returns how many lines it wrote, if it wrote any. */
    long execute(final String sql) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (final SQLException e) {
            throw new ResultsException(message(e));
        }
    }

    /**
     * {@return what DuckDB says in one line} It says what is wrong first, then what may have been meant, then shows the place.
     *
     * @param e what it threw.
     */
    static String message(final SQLException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .takeWhile(line -> !line.matches("LINE \\d+:.*"))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** {@return the text as SQL has it} */
    static String quoted(final String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** {@return the files as one relation} */
    static String files(final List<Path> files) {
        return files.stream()
                .map(file -> quoted(file.toString()))
                .collect(Collectors.joining(
                        ", ", "read_parquet([", "], hive_partitioning = true, hive_types_autocast = false)"));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new ResultsException(message(e));
        }
    }
}
