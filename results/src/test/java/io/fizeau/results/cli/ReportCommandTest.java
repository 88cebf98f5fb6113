package io.fizeau.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.curve.HistogramLogFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    @TempDir
    private Path temp = Path.of("");

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void setUp() {
        out = new StringWriter();
        err = new StringWriter();
    }

    @Test
    void shouldWriteThePageOfTheLatestRunIntoItsFolder() {
        run("20260101T000000Z-old", "2026-01-01T00:00:00Z");
        final Path run = run("20260102T000000Z-new", "2026-01-02T00:00:00Z");

        assertThat(execute("report", "--runs", temp.toString())).isZero();

        assertThat(out.toString()).isEqualTo("report    " + run.resolve("report.html") + "\n");
        assertThat(err.toString()).isEmpty();
        assertThat(run.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void shouldPrintNothingButThePathWhenQuiet() {
        final Path run = run("20260101T000000Z-old", "2026-01-01T00:00:00Z");
        final Path file = temp.resolve("page.html");

        assertThat(execute("report", run.toString(), "--quiet", "--out", file.toString()))
                .isZero();

        assertThat(out.toString()).isEqualTo(file + "\n");
        assertThat(file).exists();
        assertThat(run.resolve("report.html")).doesNotExist();
    }

    @Test
    void shouldWriteTheComparisonIntoTheFolderOfTheCandidate() {
        run("20260101T000000Z-old", "2026-01-01T00:00:00Z");
        final Path run = run("20260102T000000Z-new", "2026-01-02T00:00:00Z");

        assertThat(execute("report", "20260101T000000Z-old", "20260102T000000Z-new", "--runs", temp.toString()))
                .isZero();

        assertThat(run.resolve("comparison.html")).content().contains("SESSION-CONFOUNDED");
    }

    @Test
    void shouldWriteThePageAndNameALogThatIsCutShort() throws IOException {
        final Path run = run("20260101T000000Z-old", "2026-01-01T00:00:00Z");
        final Path log = HistogramLogFixture.write(run, 0, "service", RunFolderBuilder.CLOSED, new long[] {1, 2, 3});
        final byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 5));

        assertThat(execute("report", run.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("fizeau: histograms/000-service.hlog: is cut short: its last line has no end\n");
        assertThat(run.resolve("report.html")).exists();
    }

    @Test
    void shouldSayInOneLineWhatCannotBeUsed() throws IOException {
        final Path half = Files.writeString(temp.resolve("half.json"), "[{");
        assertBad(half + ": is half a file: it ends inside the JSON, at line 1", half.toString());
        final Path empty = Files.createDirectory(temp.resolve("empty"));
        assertBad(empty + ": is no run folder: it holds neither manifest.json nor jmh/*.json", empty.toString());
        final Path none = new RunFolderBuilder(temp.resolve("none")).write();
        assertBad(none.resolve("manifest.json") + ": names no forks: nothing was measured", none.toString());
        final Path run = run("20260101T000000Z-old", "2026-01-01T00:00:00Z");
        final Path nowhere = temp.resolve("no/such/folder.html");
        assertBad(
                nowhere + ": cannot be written (NoSuchFileException); --out names another file",
                run.toString(),
                "--out",
                nowhere.toString());
    }

    private void assertBad(final String line, final String... arguments) {
        setUp();
        final String[] all = new String[arguments.length + 1];
        all[0] = "report";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThat(execute(all)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fizeau: " + line + "\n");
        assertThat(out.toString()).isEmpty();
    }

    private Path run(final String name, final String startedAt) {
        final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(name)).transport("tcp-nio", "spinning");
        builder.manifest().put("startedAt", startedAt);
        return builder.closed(0, "tcp-nio", startedAt.hashCode() % 100 + 8_000).write();
    }

    private int execute(final String... arguments) {
        final CommandLine commandLine = ResultsCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
