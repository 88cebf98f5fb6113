package io.fizeau.results.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fizeau.results.RunFolderBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {
    @TempDir
    private Path temp;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void shouldGatherAllRunsAndAnswerAboutThem() throws IOException {
        run("a", 8_000);
        run("b", 9_000);
        Files.createDirectory(runs().resolve("empty"));

        assertThat(export()).isZero();
        assertThat(out.toString()).isEqualTo(store() + ": 2 runs read" + System.lineSeparator());
        assertThat(complaints())
                .singleElement(as(STRING))
                .startsWith("fizeau: " + runs().resolve("empty") + ": is no run folder");
        assertThat(export()).isZero();
        assertThat(out.toString()).isEqualTo(store() + ": 0 runs read, 2 unchanged" + System.lineSeparator());

        assertThat(execute("query", "select max(value) from forks where metric = 'p50'", "--store", store()))
                .isZero();
        assertThat(out.toString()).contains("9000", "(1 line)");
    }

    /** What was said apart from how far it is, which a busy host says too. */
    private List<String> complaints() {
        return err.toString()
                .lines()
                .filter(line -> !line.matches("fizeau: \\d+ of \\d+ runs"))
                .toList();
    }

    @Test
    void shouldEndWithStatusTwoWhereTheTablesLackARun() throws IOException {
        run("a", 8_000);
        final Path broken = run("b", 9_000).resolve("manifest.json");
        Files.writeString(broken, "{\"schema\": ");

        for (final String format : new String[] {"csv", "parquet"}) {
            assertThat(execute("export", "--runs", runs().toString(), "--out", store() + format, "--format", format))
                    .isEqualTo(2);
            assertThat(out.toString())
                    .isEqualTo(store() + format + ": 1 run read, 1 left out" + System.lineSeparator());
            assertThat(err.toString())
                    .isEqualTo("fizeau: " + broken.toRealPath() + ": is half a file: it ends inside the JSON, at line 1"
                            + System.lineSeparator());
        }
    }

    @Test
    void shouldNameEachBrokenRunHoweverManyThereAre() throws IOException {
        run("a", 8_000);
        for (int i = 0; i < 12; i++) {
            Files.writeString(run("broken" + i, 9_000).resolve("manifest.json"), "{\"schema\": ");
        }
        assertThat(export()).isEqualTo(2);
        assertThat(complaints()).hasSize(12).allMatch(line -> line.contains("is half a file"));
    }

    @Test
    void shouldSayInOneLineThatThereIsNothingToExport() throws IOException {
        Files.createDirectories(runs().resolve("empty"));
        assertThat(export()).isEqualTo(2);
        assertThat(err.toString())
                .endsWith(store() + ": nothing written, for none of 1 could be read" + System.lineSeparator());
        assertThat(execute("export", "none", "--runs", temp.toString(), "--out", store()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("fizeau: none: there is no such run folder or file");
        assertThat(execute(
                        "query", "select 1", "--store", temp.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'fizeau export' makes one").hasLineCount(1);
    }

    private int export() {
        return execute("export", "--runs", runs().toString(), "--out", store());
    }

    private Path runs() {
        return temp.resolve("runs");
    }

    private String store() {
        return temp.resolve("store").toString();
    }

    private Path run(final String label, final double p50Ns) {
        final RunFolderBuilder builder =
                new RunFolderBuilder(runs().resolve("20260102T030405Z-" + label)).transport("tcp-nio", "spinning");
        return builder.closed(0, "tcp-nio", p50Ns).write();
    }

    private int execute(final String... args) {
        out = new StringWriter();
        err = new StringWriter();
        final CommandLine commandLine = ResultsCommand.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(args);
    }
}
