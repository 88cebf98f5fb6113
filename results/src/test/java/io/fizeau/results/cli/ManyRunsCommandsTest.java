package io.fizeau.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.results.RunFolderBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code history} and {@code choose}: what they print, what they say of runs that cannot be used, and how they end. */
class ManyRunsCommandsTest {
    @TempDir
    private Path runs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldShowTheRunsOfOneRowWithItsChange() {
        for (int day = 10; day < 30; day++) {
            closed(day, day < 20 ? 8_000 + day % 3 * 10 : 9_000 + day % 3 * 10).write();
        }
        assertThat(execute("history", "--runs", runs.toString(), "--metric", "p50"))
                .isZero();
        assertThat(out.toString())
                .startsWith("p50 of RoundTripBenchmark.closed messageBytes=32 transport=tcp-nio\nstarted (UTC)")
                .contains("\n2026-01-10 00:00:00  r10  0123456789  8.01 us 8.01-8.01      2  yes\n")
                .contains("\n-- WORSE +12.5 %: 8.01 us to 9.01 us, p = 0.005")
                .endsWith("1 change found in 20 valid runs (E-divisive means; how sure: docs/history.md)\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldLeaveNoRunOutOfMarkdown() {
        for (int i = 0; i < 31; i++) {
            final RunFolderBuilder run = closed(100 + i, 8_000 + i);
            run.manifest().put("startedAt", String.format("2026-01-%02dT00:00:00Z", i + 1));
            run.write();
        }
        assertThat(execute("history", "--runs", runs.toString(), "--metric", "p50"))
                .isZero();
        assertThat(out.toString()).contains("1 earlier runs are not shown").doesNotContain("r100");
        out.getBuffer().setLength(0);
        assertThat(execute("history", "--runs", runs.toString(), "--metric", "p50", "--format", "markdown"))
                .isZero();
        assertThat(out.toString()).contains("r100", "r130").doesNotContain("not shown");
    }

    @Test
    void shouldShowSeveralRowsInALineEach() throws IOException {
        for (int day = 10; day < 22; day++) {
            closed(day, day < 16 ? 9_000 + day : 8_000 + day)
                    .transport("aeron-udp", "spinning", "reliable")
                    .closed(0, "aeron-udp", 7_000)
                    .closed(1, "aeron-udp", 7_000)
                    .write();
        }
        assertThat(execute("history", "--runs", runs.toString())).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches(
                        "RoundTripBenchmark.closed tcp-nio 32 B +p50 +12/12 +9.01 us +8.02 us +BETTER -11.0 % at r16"))
                .anyMatch(line ->
                        line.matches("RoundTripBenchmark.closed aeron-udp 32 B +p50 +12/12 +7.00 us +7.00 us +none"));
        out.getBuffer().setLength(0);
        assertThat(execute("history", "--runs", runs.toString(), "--format", "csv"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(1 + 24);
        out.getBuffer().setLength(0);
        assertThat(execute("history", "--runs", runs.toString(), "--format", "json"))
                .isZero();
        final JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/rows/0/changes/0/verdict").asText()).isEqualTo("BETTER");
        assertThat(json.at("/rows/0/changes/0/run").asText()).isEqualTo("r16");
        out.getBuffer().setLength(0);
        assertThat(execute("history", "--runs", runs.toString(), "--format", "markdown"))
                .isZero();
        assertThat(out.toString()).contains("| RoundTripBenchmark.closed tcp-nio 32 B | p50 | 12/12 |");
    }

    @Test
    void shouldNameEachRunThatCannotBeUsedInOneLineAndShowTheRest() throws IOException {
        for (int day = 10; day < 20; day++) {
            closed(day, 8_000 + day).write();
        }
        Files.writeString(runs.resolve("r12").resolve("manifest.json"), "{\"schema\": \"fizeau.man");
        closed(13, 8_000).manifest().put("schema", "fizeau.manifest/2");
        final RunFolderBuilder newer = closed(13, 8_000);
        newer.manifest().put("schema", "fizeau.manifest/2");
        newer.write();
        Files.createDirectory(runs.resolve("r20"));
        assertThat(execute("history", "--runs", runs.toString(), "--metric", "p50"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("8 valid runs").doesNotContain("r12", "r13");
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line ->
                        line.startsWith("fizeau: " + runs.resolve("r12").resolve("manifest.json") + ": is half a file"))
                .anyMatch(line -> line.contains("has schema \"fizeau.manifest/2\"; this version reads"))
                .anyMatch(line -> line.contains(runs.resolve("r20") + ": is no run folder"));
    }

    @Test
    void shouldEndWithTwoWhereNothingIsFound() {
        closed(10, 8_000).write();
        assertThat(execute("history", "--runs", runs.toString(), "--metric", "p98"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fizeau: no row has a measure p98; there are: p50,")
                .hasLineCount(1);
        err.getBuffer().setLength(0);
        assertThat(execute("history", "--runs", runs.toString(), "--level", "50%"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--level 50% is not allowed: it takes a share from 0.1% to 20%");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldChooseAndEndByWhetherOneMeets() {
        final String run = open("r10", 30_000).write().toString();
        assertThat(execute("choose", run, "--rate", "10k", "--size", "32", "--slo", "p99=100us", "--needs", "reliable"))
                .isZero();
        assertThat(out.toString().lines().toList())
                .startsWith(
                        "needs      10.0k/s of 32 B, p99 <= 100 us, reliable",
                        "measured   A Processor, 2 processors; 1 run: r10",
                        "")
                .anyMatch(line -> line.matches(
                        "tcp-nio +spinning +MEETS +p99 100 us +30.0 us 30.0-30.0 +3 +70 % +10.0k/s +0 % +r10"));
        assertThat(execute("choose", run, "--rate", "10k", "--size", "32", "--slo", "p99=10us"))
                .isEqualTo(1);
        assertThat(execute("choose", run, "--rate", "90k", "--size", "32", "--slo", "p99=1ms"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "To tell the rest: ./fizeau run --transports tcp-nio --sizes 32 --suites openloop --rates 90000");
        assertThat(execute("choose", run, "--rate", "10k", "--size", "32", "--needs", "fast"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fizeau: --needs fast is no guarantee")
                .hasLineCount(1);
    }

    @Test
    void shouldGiveTheChoiceInOtherForms() throws IOException {
        final String run = open("r10", 30_000).write().toString();
        assertThat(execute(choose(run, "json"))).isZero();
        final JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/transports/0/verdict").asText()).isEqualTo("MEETS");
        assertThat(json.at("/transports/0/evidence/limits/0/medianNs").asDouble())
                .isEqualTo(30_000);
        assertThat(json.at("/needs/limitsNs/p99").asDouble()).isEqualTo(100_000);
        out.getBuffer().setLength(0);
        assertThat(execute(choose(run, "csv"))).isZero();
        assertThat(out.toString().lines().toList().get(1))
                .isEqualTo(
                        "tcp-nio,,spinning,MEETS,,,r10,OpenLoopBenchmark.offered,32,10000,none,3,p99,100000,30000,30000,"
                                + "30000,30000,3,0,0,0.7,0");
        out.getBuffer().setLength(0);
        assertThat(execute(choose(run, "markdown"))).isZero();
        assertThat(out.toString()).contains("| tcp-nio | spinning | MEETS | p99 100 us | 30.0 us | 30.0-30.0 |");
    }

    @Test
    void shouldChooseFromTheRunsOfThisMachineAndSayWhichWereLeftOut() throws IOException {
        open("r10", 30_000).write();
        final int status = execute("choose", "--runs", runs.toString(), "--rate", "10k", "--size", "32");
        // Where the system does not tell its processor, all runs are taken.
        if (Files.exists(Path.of("/proc/cpuinfo"))) {
            assertThat(status).isEqualTo(2);
            assertThat(err.toString())
                    .contains("1 run was made on another machine than this (")
                    .contains("no run was made on this machine or can be read");
        } else {
            assertThat(status).isZero();
        }
    }

    @Test
    void shouldNotTakeTheAnswerForWholeWhereANamedRunCannotBeRead() throws IOException {
        final String run = open("r10", 30_000).write().toString();
        final Path half = Files.createDirectory(runs.resolve("half"));
        Files.writeString(half.resolve("manifest.json"), "{");
        final Path plain = Files.writeString(runs.resolve("other.json"), "{\"a\": 1}");
        assertThat(execute("choose", run, half.toString(), plain.toString(), run, "--rate", "10k", "--size", "32"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("MEETS");
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("half/manifest.json: is half a file"))
                .anyMatch(line -> line.contains("other.json: "))
                .anyMatch(line -> line.contains("r10: is a run that is here already; it counts once"));
    }

    private static String[] choose(final String run, final String format) {
        return new String[] {"choose", run, "--rate", "10k", "--size", "32", "--slo", "p99=100us", "--format", format};
    }

    private RunFolderBuilder open(final String name, final double p99Ns) {
        final RunFolderBuilder builder =
                new RunFolderBuilder(runs.resolve(name)).transport("tcp-nio", "spinning", "reliable", "ordered");
        for (int round = 0; round < 3; round++) {
            builder.openLoop(round, "tcp-nio", "10k", 10_000, 10_000, 0, p99Ns / 2, p99Ns);
        }
        return builder;
    }

    private RunFolderBuilder closed(final int day, final double p50Ns) {
        final RunFolderBuilder builder =
                new RunFolderBuilder(runs.resolve("r" + day)).transport("tcp-nio", "spinning", "reliable");
        builder.manifest().put("startedAt", "2026-01-" + day + "T00:00:00Z");
        return builder.closed(0, "tcp-nio", p50Ns).closed(1, "tcp-nio", p50Ns);
    }

    private int execute(final String... args) {
        final CommandLine commandLine = ResultsCommand.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(new ArrayList<>(List.of(args)).toArray(String[]::new));
    }
}
