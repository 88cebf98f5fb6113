package io.fizeau.results.store;

import static io.fizeau.results.store.StoreTable.Kind.FLAG;
import static io.fizeau.results.store.StoreTable.Kind.NUMBER;
import static io.fizeau.results.store.StoreTable.Kind.PARAMS;
import static io.fizeau.results.store.StoreTable.Kind.TEXT;
import static io.fizeau.results.store.StoreTable.Kind.TIME;
import static io.fizeau.results.store.StoreTable.Kind.WHOLE;

import java.util.List;
import java.util.Locale;

/**
 * The tables that runs become, the same in CSV and in Parquet. In each the first column is the name of the run folder. Times of a latency
 * in nanoseconds, rates per second; what is not known is absent, never zero.
 */
public enum StoreTable {
    /** A line for each run. */
    RUNS(
            text("label"),
            time("started_at"),
            time("ended_at"),
            flag("complete"),
            text("incomplete_reason"),
            text("profile"),
            text("topology"),
            text("version"),
            text("commit"),
            text("cpu"),
            whole("processors"),
            text("kernel"),
            text("jdk"),
            text("command"),
            text("interleaved_id"),
            text("side")),
    /** A line for each benchmark with its parameters. */
    ROWS(
            whole("row"),
            text("benchmark"),
            text("benchmark_full"),
            text("mode"),
            text("transport"),
            text("regime"),
            whole("message_bytes"),
            number("rate"),
            text("impair"),
            new Column("params", PARAMS),
            whole("forks_ok"),
            whole("forks_failed"),
            flag("valid"),
            text("reasons"),
            text("remarks")),
    /** A line for each fork and measure. */
    FORKS(
            whole("row"),
            text("benchmark"),
            text("transport"),
            whole("message_bytes"),
            number("rate"),
            text("impair"),
            whole("fork"),
            whole("round"),
            text("metric"),
            text("unit"),
            text("better"),
            number("value"),
            flag("valid")),
    /** A line for each point of a fork's percentile curve. */
    PERCENTILES(
            whole("row"),
            text("benchmark"),
            text("transport"),
            whole("message_bytes"),
            number("rate"),
            text("impair"),
            whole("fork"),
            text("latency"),
            number("percentile"),
            number("value_ns"),
            whole("beyond"),
            flag("valid")),
    /** A line for each highest sustainable rate that a sweep found. */
    EDGES(
            text("transport"),
            whole("message_bytes"),
            number("held_per_s"),
            number("failed_per_s"),
            text("state"),
            text("why"));

    // The list is a copy and a column a record: neither changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Column> columns;

    StoreTable(final Column... columns) {
        final Column[] all = new Column[columns.length + 1];
        all[0] = text("run");
        System.arraycopy(columns, 0, all, 1, columns.length);
        this.columns = List.of(all);
    }

    /** {@return its columns in order, {@code run} first} */
    public List<Column> columns() {
        return columns;
    }

    /** {@return the name of its file, folder and view} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Column text(final String name) {
        return new Column(name, TEXT);
    }

    private static Column whole(final String name) {
        return new Column(name, WHOLE);
    }

    private static Column number(final String name) {
        return new Column(name, NUMBER);
    }

    private static Column flag(final String name) {
        return new Column(name, FLAG);
    }

    private static Column time(final String name) {
        return new Column(name, TIME);
    }

    /**
     * A column.
     *
     * @param name its heading.
     * @param kind what its values are.
     */
    public record Column(String name, Kind kind) {}

    /** What the values of a column are. */
    public enum Kind {
        /** A {@code String}, never empty. */
        TEXT("VARCHAR"),
        /** A {@code Long}. */
        WHOLE("BIGINT"),
        /** A finite {@code Double}. */
        NUMBER("DOUBLE"),
        /** A {@code Boolean}. */
        FLAG("BOOLEAN"),
        /** An {@code Instant}; UTC, and in Parquet to the microsecond. */
        TIME("TIMESTAMP"),
        /** A {@code Map} of texts. */
        PARAMS("MAP(VARCHAR, VARCHAR)");

        private final String sqlType;

        Kind(final String sqlType) {
            this.sqlType = sqlType;
        }

        /** {@return the type in SQL} */
        String sqlType() {
            return sqlType;
        }
    }
}
