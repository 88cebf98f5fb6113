package io.fizeau.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQueryTest {
    @TempDir
    private Path temp;

    private Path store;

    @BeforeEach
    void setUp() {
        final Path runs = temp.resolve("runs");
        // A folder whose name SQL would stumble over.
        store = temp.resolve("it's a store");
        ParquetStore.update(
                List.of(StoreFixture.run(runs, "first", 1, 8_000), StoreFixture.run(runs, "second", 2, 9_000)),
                store,
                false,
                new Progress(line -> {}, () -> 0));
    }

    @Test
    void shouldAnswerFromAllMonths() {
        assertThat(ask("SELECT month, min(value) FROM forks WHERE metric = 'p50' AND unit = 'ns' AND value < 10_000"
                        + " AND benchmark LIKE '%closed' AND transport = 'tcp-nio' GROUP BY month ORDER BY month"))
                .containsExactly(List.of("2026-01", 8_000.0), List.of("2026-02", 9_000.0));
        assertThat(ask("SELECT params['rate'] FROM rows WHERE rate = 10000 LIMIT 1"))
                .containsExactly(List.of("10k"));
        assertThat(ask("SELECT count(*) FROM edges")).containsExactly(List.of(0L));
    }

    @Test
    void shouldRunNothingButOneSelect() throws IOException {
        final Path target = temp.resolve("target");
        final Path part = ApacheParquet.files(store, StoreTable.FORKS).get(0);
        final byte[] before = Files.readAllBytes(part);

        assertRefused("COPY (SELECT 1) TO '" + target + "'", "a query is one SELECT: nothing else is run");
        assertRefused(
                "COPY (SELECT 1) TO '" + part.toString().replace("'", "''") + "'",
                "a query is one SELECT: nothing else is run");
        assertRefused("SELECT 1; COPY (SELECT 1) TO '" + target + "'", "a query is one SELECT: nothing else is run");
        assertRefused("SELECT 1; SELECT 2", "a query is one SELECT: this holds 2");
        assertRefused("SET enable_external_access = true", "a query is one SELECT: nothing else is run");
        assertThat(target).doesNotExist();
        assertThat(Files.readAllBytes(part)).isEqualTo(before);
    }

    @Test
    void shouldReadNoFileButThoseOfTheStore() throws IOException {
        final Path secret = Files.writeString(temp.resolve("secret.csv"), "a\n1\n");

        assertRefused("FROM read_csv('" + secret + "')", "Permission Error: Cannot access file \"" + secret);
        assertRefused("FROM '" + secret + "'", "Permission Error: Cannot access file \"" + secret);
        assertRefused("FROM glob('" + temp + "/*')", "Permission Error: Cannot access file");
    }

    @Test
    void shouldPassOnInOneLineWhatIsWrongWithTheSql() {
        assertRefused("SELEC 1", "Parser Error: syntax error at or near \"SELEC\"");
        assertRefused("", "a query is one SELECT: this holds 0");
        assertRefused("SELECT valu FROM forks", "Binder Error: Referenced column \"valu\" not found in FROM clause!");
        assertRefused("FROM fork", "Catalog Error: Table with name fork does not exist! Did you mean \"forks\"?");
    }

    @Test
    void shouldSayWhatMakesAStore() {
        assertThatThrownBy(() ->
                        StoreQuery.ask(temp.resolve("none"), "SELECT 1", ParquetStoreIT.answer(new ArrayList<>())))
                .isInstanceOf(ResultsException.class)
                .hasMessage(
                        temp.resolve("none") + ": holds no store yet: 'fizeau export' makes one from the run folders");
    }

    @Test
    void shouldSayWhatTheScreenLeavesOut() {
        assertThat(text("SELECT i AS number, 'text ' || i AS words FROM range(100) t(i)", 3, 80))
                .isEqualTo("""
                        number  words
                             0  text 0
                             1  text 1
                             2  text 2
                        (3 of 100 lines; --limit 0 or --format csv for all)
                        """);
        assertThat(text("SELECT 1 AS one, repeat('x', 50) AS long, repeat('y', 50) AS longer", 3, 36))
                .isEqualTo("""
                        one  long
                          1  xxxxxxxxxxxxxxxxxxxxxxxxxxx\u2026
                        (1 line, 2 of 3 columns; --format csv for all)
                        """);
        assertThat(text(
                        "SELECT 1234.56789::DOUBLE, 1e300::DOUBLE, NULL, 2.0::DOUBLE, MAP {'a': 'b', 'c': 'd'} WHERE true",
                        0,
                        500))
                .contains("1234.57 ", " 1E+300 ", " - ", " 2 ", "  a=b c=d", "(1 line)");
    }

    @Test
    void shouldLoseNothingInFiles() throws IOException {
        final String sql =
                "SELECT 0.1 + 0.2::DOUBLE AS d, 'a \"b\",' AS t, NULL AS n, true AS f, 12345678901234567890::HUGEINT AS h,"
                        + " MAP {'k': 'v'} AS m, 'nan'::DOUBLE AS x, TIMESTAMP '2026-01-02 03:04:05.678' AS s";

        assertThat(written(QueryFormat.CSV, sql))
                .isEqualTo("d,t,n,f,h,m,x,s\r\n0.30000000000000004,\"a \"\"b\"\",\",,true,12345678901234567890,"
                        + "\"{\"\"k\"\":\"\"v\"\"}\",,2026-01-02T03:04:05.678Z\r\n");
        final JsonNode json =
                new JsonMapper().readTree(written(QueryFormat.JSON, sql)).get(0);
        assertThat(json.toString())
                .isEqualTo(
                        "{\"d\":0.30000000000000004,\"t\":\"a \\\"b\\\",\",\"n\":null,\"f\":true,\"h\":12345678901234567890,"
                                + "\"m\":{\"k\":\"v\"},\"x\":null,\"s\":\"2026-01-02T03:04:05.678Z\"}");
        assertThat(written(QueryFormat.JSON, "SELECT 1 WHERE false").strip()).isEqualTo("[]");
    }

    private List<List<Object>> ask(final String sql) {
        final List<List<Object>> lines = new ArrayList<>();
        StoreQuery.ask(store, sql, ParquetStoreIT.answer(lines));
        return lines;
    }

    private void assertRefused(final String sql, final String why) {
        assertThatThrownBy(() -> ask(sql))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(why)
                .extracting(e -> e.getMessage().lines().count())
                .isEqualTo(1L);
    }

    private String written(final QueryFormat format, final String sql) {
        final StringWriter out = new StringWriter();
        format.write(answer -> StoreQuery.ask(store, sql, answer), new PrintWriter(out), 0, 120);
        return out.toString();
    }

    private String text(final String sql, final int limit, final int columns) {
        final StringWriter out = new StringWriter();
        QueryFormat.TEXT.write(answer -> StoreQuery.ask(store, sql, answer), new PrintWriter(out), limit, columns);
        return out.toString();
    }
}
