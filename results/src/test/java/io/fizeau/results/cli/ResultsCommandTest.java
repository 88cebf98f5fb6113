package io.fizeau.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResultsCommandTest {
    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path runs;

    @BeforeEach
    void setUp() throws Exception {
        runs = Path.of(Objects.requireNonNull(getClass().getResource("/runs")).toURI());
    }

    @Test
    void shouldShowTheNewestRunWhenNoneIsNamed() {
        assertThat(execute("show", "--runs", runs.toString())).isZero();
        assertThat(out.toString()).startsWith("fixture: LOOPBACK, profile quick, complete, 2 rounds\n");
        assertThat(out.toString()).contains("Unix socket not probed: no Unix sockets here");
        assertThat(out.toString()).contains("aeron-ipc: no time for it in the 200 s of the profile");
        assertThat(out.toString()).endsWith("run       " + runs.resolve("20260102T030405Z-fixture") + "\n");
    }

    @Test
    void shouldFindARunByItsName() {
        assertThat(execute("show", "20260102T030405Z-fixture", "--runs", runs.toString(), "--format", "csv"))
                .isZero();
        assertThat(out.toString()).startsWith("label,complete,row,");
    }

    @Test
    void shouldTakeTheLatestByTheTimeInItsName() throws IOException {
        Files.createDirectory(temp.resolve("20250101T000000Z-old"));
        Files.createDirectory(temp.resolve("20260101T000000Z-new"));
        Files.createDirectory(temp.resolve("zzz"));
        assertThat(RunChoice.resolve(temp, "latest")).isEqualTo(temp.resolve("20260101T000000Z-new"));
    }

    @Test
    void shouldSayInOneLineWhatCannotBeUsed() throws IOException {
        assertBad(
                "fizeau: " + temp.resolve("none") + ": there is no such run folder or file",
                "show",
                temp.resolve("none").toString());
        assertBad("fizeau: " + temp + ": holds no run", "show", "--runs", temp.toString());
        final Path half = Files.writeString(temp.resolve("half.json"), "[{");
        assertBad("fizeau: " + half + ": is half a file: it ends inside the JSON, at line 1", "show", half.toString());
        assertBad("fizeau: Unknown option: '--colour'", "show", "--colour");
        assertBad(
                "fizeau: Invalid value for option '--format': expected one of [TEXT, CSV, JSON, MARKDOWN] (case-insensitive)"
                        + " but was 'xml'",
                "show",
                "--format",
                "xml");
        err.getBuffer().setLength(0);
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fizeau: no command given; the known ones: show, ")
                .doesNotContain("rounds")
                .hasLineCount(1);
    }

    @Test
    void shouldEndWithAStatusOfItsOwnWhenToldToBeStrictAndARowIsInvalid() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning");
        final String folder = builder.closed(0, "tcp-nio", 8000).write().toString();
        assertThat(execute("show", folder, "--strict")).isZero();
        builder.kit(0, "FAILED", "shouldKeepOrder").write();
        assertThat(execute("show", folder)).isZero();
        assertThat(execute("show", folder, "--strict")).isEqualTo(3);
        assertThat(out.toString()).contains("shouldKeepOrder");
    }

    @Test
    void shouldReadAMinorVersionOfTheManifestAndRefuseAnotherMajorOne() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning");
        builder.closed(0, "tcp-nio", 8000).manifest().put("schema", "fizeau.manifest/1.7");
        assertThat(execute("show", builder.write().toString())).isZero();
        out.getBuffer().setLength(0);
        builder.manifest().put("schema", "fizeau.manifest/10");
        assertBad(
                "fizeau: " + temp.resolve("manifest.json")
                        + ": has schema \"fizeau.manifest/10\"; this version reads \"fizeau.manifest/1\"",
                "show",
                builder.write().toString());
    }

    @Test
    void shouldAnswerAnotherProgramHowManyRoundsAPilotLeadsTo() {
        final RunFolderBuilder pilot = new RunFolderBuilder(temp.resolve("pilot"))
                .transport("tcp-nio", "spinning", "reliable")
                .transport("a", "spinning", "reliable");
        for (int round = 0; round < 4; round++) {
            pilot.closed(round, "tcp-nio", 8_000).closed(round, "a", 7_000 + 10 * (round % 2));
        }

        assertThat(execute("rounds", pilot.write().toString(), "--detect", "0.03"))
                .isZero();
        assertThat(out.toString())
                .startsWith("{\"rounds\":4,\"detect\":0.03,\"needed\":")
                .contains("\"chosen\":6", "\"row\":\"a, 32 B\",\"reference\":\"tcp-nio\",\"pairs\":4")
                .hasLineCount(1);
    }

    @Test
    void shouldSayInOneLineThatAPilotLeadsToNothing() {
        final String fixture = runs.resolve("20260102T030405Z-fixture").toString();
        assertBad(
                "fizeau: --detect 3.0 is not allowed: it takes a share over 0 and up to 1",
                "rounds",
                fixture,
                "--detect",
                "3");
    }

    private void assertBad(final String line, final String... args) {
        err.getBuffer().setLength(0);
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    private int execute(final String... args) {
        final CommandLine commandLine = ResultsCommand.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(args);
    }
}
