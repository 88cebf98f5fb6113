package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The tables in memory while runs are read, before they become Parquet. One thread. */
final class TableAppenders implements RecordSink, AutoCloseable {
    private final DuckDb duckDb;
    private final Map<StoreTable, DuckDBAppender> appenders = new EnumMap<>(StoreTable.class);
    private long lines;

    TableAppenders(final DuckDb duckDb) {
        this.duckDb = duckDb;
        clear();
    }

    /** {@return how many lines they hold} */
    long lines() {
        return lines;
    }

    /** Makes what was added visible to SQL, until {@link #clear}. */
    void finish() {
        try {
            for (final DuckDBAppender appender : appenders.values()) {
                appender.close();
            }
        } catch (final SQLException e) {
            throw new ResultsException(DuckDb.message(e));
        }
        appenders.clear();
    }

    /** Begins with empty tables. */
    void clear() {
        finish();
        lines = 0;
        try {
            final DuckDBConnection connection = duckDb.connection().unwrap(DuckDBConnection.class);
            for (final StoreTable table : StoreTable.values()) {
                duckDb.execute("CREATE OR REPLACE TABLE " + table.label() + " ("
                        + table.columns().stream()
                                .map(column ->
                                        column.name() + ' ' + column.kind().sqlType())
                                .collect(Collectors.joining(", "))
                        + ')');
                appenders.put(table, connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table.label()));
            }
        } catch (final SQLException e) {
            throw new ResultsException(DuckDb.message(e));
        }
    }

    @Override
    public void add(final StoreTable table, final @Nullable Object... values) {
        final DuckDBAppender appender = Objects.requireNonNull(appenders.get(table));
        try {
            appender.beginRow();
            for (final Object value : values) {
                append(appender, value);
            }
            appender.endRow();
        } catch (final SQLException e) {
            throw new ResultsException(DuckDb.message(e));
        }
        lines++;
    }

    private static void append(final DuckDBAppender appender, final @Nullable Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Long whole) {
            appender.append(whole.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            appender.append(flag.booleanValue());
        } else if (value instanceof Instant time) {
            appender.append(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        } else if (value instanceof Map<?, ?> params) {
            appender.append(params);
        } else {
            throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    @Override
    public void close() {
        finish();
    }
}
