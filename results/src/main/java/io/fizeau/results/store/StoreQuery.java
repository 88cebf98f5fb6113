package io.fizeau.results.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.run.ResultsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * SQL over a store: the views {@code runs}, {@code rows}, {@code forks}, {@code percentiles} and {@code edges}, straight over its Parquet.
 * It changes nothing: no statement but a SELECT runs, and no file is read but those of the store. Stateless.
 */
public final class StoreQuery {
    private static final JsonMapper JSON = new JsonMapper();

    private StoreQuery() {}

    /** Takes an answer line by line. */
    public interface Answer {
        /**
         * Comes first.
         *
         * @param columns their names.
         */
        void columns(List<String> columns);

        /**
         * Takes a line.
         *
         * @param values one for each column, as JDBC has them; null where there is none.
         */
        void line(List<@Nullable Object> values);
    }

    /**
     * Asks.
     *
     * @param folder of the store.
     * @param sql one SELECT, in DuckDB's SQL.
     * @param answer takes what comes back.
     * @throws ResultsException if there is no store, the SQL is wrong or is no SELECT: in one line.
     */
    public static void ask(final Path folder, final String sql, final Answer answer) {
        final StoreLedger ledger = StoreLedger.read(folder)
                .filter(found -> !found.parts().isEmpty())
                .orElseThrow(() -> new ResultsException(
                        folder + ": holds no store yet: 'fizeau export' makes one from the run folders"));
        try (DuckDb duckDb = DuckDb.open(PartFiles.aside(folder).resolve("spill"))) {
            final Connection connection = duckDb.connection();
            checkSelect(connection, sql);
            final Set<String> readable = new TreeSet<>();
            for (final StoreTable table : StoreTable.values()) {
                final List<Path> files = ledger.files(folder.toAbsolutePath().normalize(), table);
                files.forEach(file -> readable.add(DuckDb.quoted(file.toString())));
                duckDb.execute("CREATE VIEW " + table.label() + " AS SELECT * FROM " + DuckDb.files(files));
            }
            duckDb.execute("SET allowed_paths = [" + String.join(", ", readable) + "]");
            duckDb.execute("SET enable_external_access = false");
            duckDb.execute("SET lock_configuration = true");
            answer(connection, sql, answer);
        } catch (final SQLException e) {
            throw new ResultsException(DuckDb.message(e));
        }
    }

    /** What DuckDB can write as the JSON of its SELECTs is a SELECT, or several: any other statement it refuses to. */
    private static void checkSelect(final Connection connection, final String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                final JsonNode parsed = JSON.readTree(result.getString(1));
                if (parsed.path("error_type").asText().equals("not implemented")) {
                    throw new ResultsException("a query is one SELECT: nothing else is run");
                }
                if (parsed.path("error").asBoolean()) {
                    throw new ResultsException(
                            "Parser Error: " + parsed.path("error_message").asText());
                }
                if (parsed.path("statements").size() != 1) {
                    throw new ResultsException("a query is one SELECT: this holds "
                            + parsed.path("statements").size());
                }
            }
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("DuckDB writes JSON", e);
        }
    }

    private static void answer(final Connection connection, final String sql, final Answer answer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            final ResultSetMetaData columns = result.getMetaData();
            final List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnLabel(i));
            }
            answer.columns(names);
            while (result.next()) {
                final List<@Nullable Object> values = new ArrayList<>(names.size());
                for (int i = 1; i <= names.size(); i++) {
                    values.add(result.getObject(i));
                }
                answer.line(values);
            }
        }
    }
}
