package io.fizeau.results.cli;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.store.QueryFormat;
import io.fizeau.results.store.StoreQuery;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the store in SQL. */
@Command(
        name = "query",
        description =
                "Asks the runs that 'fizeau export' has gathered, in SQL: one SELECT over the views runs, rows, forks,"
                        + " percentiles and edges.",
        footer = {
            "",
            "fizeau query \"describe forks\" names the columns; docs/store.md says what they mean.",
            "Exit status: 0; 2 if there is no store or the SQL is wrong."
        },
        mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SQL", description = "one SELECT, in DuckDB's SQL")
    private String sql = "";

    @Option(
            names = "--store",
            paramLabel = "DIR",
            defaultValue = "${sys:fizeau.home:-.}/results/store",
            description = "what 'fizeau export' wrote (default: ${DEFAULT-VALUE})")
    private Path store = Path.of("results", "store");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private QueryFormat format = QueryFormat.TEXT;

    @Option(
            names = "--limit",
            paramLabel = "LINES",
            defaultValue = "40",
            description = "how many lines the text shows at most, 0 for all (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--columns", hidden = true, defaultValue = "${sys:fizeau.columns:-120}")
    private int columns;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ResultsException("--limit " + limit + " is not allowed: it takes 0 or more lines");
        }
        format.write(
                answer -> StoreQuery.ask(store, sql, answer), spec.commandLine().getOut(), limit, columns);
        return 0;
    }
}
