package io.fizeau.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.results.generate.RunGenerator;
import io.fizeau.results.table.comparison.ComparisonTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    private Path temp;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int execute(final String command, final List<Path> runs, final String... options) {
        out = new StringWriter();
        err = new StringWriter();
        final List<String> args = new ArrayList<>(List.of(command));
        runs.forEach(run -> args.add(run.toString()));
        args.addAll(List.of(options));
        return ResultsCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
    }

    private List<Path> pair(final double ratio) {
        return new RunGenerator(7).rows(12).buckets(20).ratio(ratio).writePair(temp.resolve("" + ratio));
    }

    private Path session(final String name, final long seed, final double ratio) {
        return new RunGenerator(seed)
                .rows(1)
                .buckets(20)
                .ratio(ratio)
                .start(Instant.ofEpochSecond(1_800_000_000 + seed))
                .write(temp.resolve(name));
    }

    @Test
    void shouldShowTheWorstFirstOnOneScreenWithinItsWidth() {
        assertThat(execute("compare", pair(1.2))).isZero();
        final List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSizeLessThan(50).allMatch(line -> line.length() <= 120);
        final List<String> verdicts = verdicts(out.toString());
        assertThat(verdicts)
                .hasSize(ComparisonTables.ONE_SCREEN)
                .startsWith("REGRESSED")
                .endsWith("INCONCLUSIVE");
        assertThat(verdicts.lastIndexOf("REGRESSED")).isLessThan(verdicts.indexOf("INCONCLUSIVE"));
        assertThat(out.toString())
                .contains("paired by round")
                .contains("differs   build.gitCommit: 0123456789abcdef -> 89abcdef01234567")
                .contains("not shown: ");
        assertThat(execute("compare", pair(1.2), "--all")).isZero();
        assertThat(out.toString()).doesNotContain("not shown: ");
        assertThat(verdicts(out.toString())).hasSize(3 * 12).contains("EQUIVALENT");
    }

    private static List<String> verdicts(final String text) {
        return text.lines()
                .filter(line -> line.matches(".* (p50|p99|client:alloc.norm) .*"))
                .map(line -> line.replaceFirst(".* ", ""))
                .toList();
    }

    @Test
    void shouldFailOnARegressionOnlyWhenAsked() {
        final List<Path> worse = pair(1.3);
        assertThat(execute("compare", worse)).isZero();
        assertThat(execute("compare", worse, "--fail-on-regression")).isEqualTo(1);
        assertThat(execute("compare", List.of(worse.get(1), worse.get(0)), "--fail-on-regression"))
                .isZero();
        // A threshold that takes it all in.
        assertThat(execute("compare", worse, "--fail-on-regression", "--threshold", "100%"))
                .isZero();
    }

    @Test
    void shouldNotLetAGatePassThatNothingWasDecidedIn() {
        final List<Path> sessions = List.of(session("a", 1, 1), session("b", 2, 1));
        assertThat(execute("compare", sessions)).isZero();
        assertThat(out.toString()).contains("SESSION-CONFOUNDED").contains("no verdict is possible");
        assertThat(execute("compare", sessions, "--fail-on-regression")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fizeau: no line got a verdict, so nothing says that there is no regression\n");
    }

    @Test
    void shouldNotLetAGatePassThatLacksARow() {
        final List<Path> few = new RunGenerator(7).rows(1).buckets(20).writePair(temp.resolve("few"));
        final List<Path> many = new RunGenerator(7).rows(2).buckets(20).writePair(temp.resolve("many"));
        final List<Path> lost = List.of(many.get(0), few.get(1));
        assertThat(execute("compare", lost)).isZero();
        assertThat(out.toString()).contains("one side  only in the base: aeron-udp");
        assertThat(execute("compare", lost, "--fail-on-regression", "--metric", "p50"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("valid in the base and not in the candidate (only in the base)");
    }

    @Test
    void shouldNotLetAGatePassWhereALineGotNoVerdict() throws IOException {
        final List<Path> pair = new RunGenerator(7).rows(2).buckets(20).writePair(temp.resolve("pair"));
        // The second row allocates nothing that was counted in five of its ten forks.
        for (int fork = 1; fork < 10; fork += 2) {
            final Path file = pair.get(1).resolve("jmh/00" + fork + ".json");
            Files.writeString(file, Files.readString(file).replace("client:alloc.norm", "other:alloc.norm"));
        }
        assertThat(execute("compare", pair, "--metric", "client:alloc.norm")).isZero();
        assertThat(execute("compare", pair, "--metric", "client:alloc.norm", "--fail-on-regression"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("client:alloc.norm: got no verdict (5 rounds on both sides: a verdict takes 6), so nothing")
                .hasLineCount(1);
    }

    @Test
    void shouldTakeSeveralSessionsASideAndNameOneThatIsBroken() throws IOException {
        final List<Path> first = List.of(session("a", 1, 1), session("b", 2, 2));
        final Path half = Files.writeString(temp.resolve("half.json"), "[{\"benchmark\": ");
        final String[] more = {
            "--more-base", session("c", 3, 1.01).toString(),
            "--more-candidate", session("d", 4, 2.02).toString(),
            "--metric", "p50"
        };
        assertThat(execute("compare", first, more)).isZero();
        assertThat(out.toString()).contains("2 and 2 sessions, the session is the sample");
        final List<String> withBroken = new ArrayList<>(List.of(more));
        withBroken.addAll(List.of("--more-base", half.toString()));
        assertThat(execute("compare", first, withBroken.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fizeau: " + half + ": is half a file: it ends inside the JSON, at line 1\n");
        assertThat(out.toString()).contains("2 and 2 sessions, the session is the sample");
    }

    @Test
    void shouldNameEachSideThatCannotBeRead() throws IOException {
        final Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThat(execute("compare", List.of(empty, session("a", 1, 1)))).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fizeau: " + empty + ": is no run folder: it holds neither manifest.json nor jmh/*.json\n");
        final Path newer = session("newer", 2, 1);
        Files.writeString(newer.resolve("manifest.json"), "{\"schema\": \"fizeau.manifest/2\"}");
        assertThat(execute("compare", List.of(session("b", 3, 1), newer))).isEqualTo(2);
        assertThat(err.toString()).contains("has schema \"fizeau.manifest/2\"").hasLineCount(1);
    }

    @Test
    void shouldNameAForkWhoseFileIsHalfAndCallItsRowInvalid() throws IOException {
        final List<Path> pair = pair(1);
        final Path fork = pair.get(1).resolve("jmh/000.json");
        Files.writeString(fork, Files.readString(fork).substring(0, 500));
        assertThat(execute("compare", pair, "--format", "csv")).isEqualTo(2);
        assertThat(err.toString()).contains("jmh/000.json: is half a file").hasLineCount(1);
        assertThat(out.toString().lines().filter(line -> line.contains(",INVALID,")))
                .hasSize(3);
        assertThat(out.toString().lines().filter(line -> line.contains(",EQUIVALENT,")))
                .isNotEmpty();
    }

    @Test
    void shouldWriteTheColumnsThatNotebooksRead() {
        execute("compare", pair(1.2), "--format", "csv");
        final List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0))
                .isEqualTo(
                        "run_base,run_candidate,benchmark,transport,message_bytes,rate,impair,params,metric,unit,better,base,"
                                + "base_low,base_high,candidate,candidate_low,candidate_high,ratio,ratio_low,ratio_high,p,p_holm,rank_p,"
                                + "cliffs_delta,detectable,n_base,n_candidate,design,verdict,reasons");
        assertThat(lines).hasSize(1 + 3 * 12);
        assertThat(lines.get(1))
                .startsWith("20260102T030405Z-generated-base,20260102T030405Z-generated-candidate,"
                        + "RoundTripBenchmark.closed,tcp-nio,32,,,\"{\"\"clientCpu\"\":")
                .contains(",p50,ns,less,")
                .endsWith(",10,10,PAIRED,REGRESSED,");
    }

    @Test
    void shouldWriteJsonWithNullWhereThereIsNoNumber() throws IOException {
        execute("compare", List.of(session("a", 1, 1), session("b", 2, 1)), "--format", "json");
        final JsonNode root = new ObjectMapper().readTree(out.toString());
        assertThat(root.path("schema").asText()).isEqualTo("fizeau.comparison/1");
        final JsonNode line = root.path("lines").path(0);
        assertThat(line.path("verdict").asText()).isEqualTo("SESSION-CONFOUNDED");
        assertThat(line.path("ratio").isNumber()).isTrue();
        assertThat(line.get("p").isNull()).isTrue();
        assertThat(line.get("pHolm").isNull()).isTrue();
    }

    @Test
    void shouldWriteMarkdownWithAllLines() {
        execute("compare", pair(1.2), "--format", "markdown");
        assertThat(out.toString().lines().filter(line -> line.startsWith("| "))).hasSize(2 + 3 * 12);
    }

    @Test
    void shouldTakeAThresholdAsAShareAndNothingElse() {
        final List<Path> pair = pair(1);
        assertThat(execute("compare", pair, "--threshold", "0.5")).isZero();
        assertThat(execute("compare", pair, "--threshold", "much")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'much' is no share: it takes one such as 2% or 0.02")
                .hasLineCount(1);
        assertThat(execute("compare", pair, "--threshold", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("threshold 0.0 is not allowed").hasLineCount(1);
    }

    @Test
    void shouldReportAMachineBesideItselfInEachForm() throws IOException {
        final List<Path> pair = pair(1);
        assertThat(execute("aa-report", pair)).isZero();
        assertThat(out.toString())
                .contains("of 12 comparisons of p50 this machine called ")
                .contains("40 forks")
                .contains("too few rounds");
        assertThat(out.toString().lines()).hasSizeLessThan(50).allMatch(line -> line.length() <= 120);
        assertThat(execute("aa-report", pair, "--format", "json", "--metric", "p50"))
                .isZero();
        final JsonNode root = new ObjectMapper().readTree(out.toString());
        assertThat(root.at("/rates/0/paired/of").asInt()).isEqualTo(12);
        assertThat(root.at("/rates/0/separate/share").isNull()).isTrue();
        assertThat(root.at("/lines/0/detects/10").asDouble()).isPositive();
        assertThat(execute("aa-report", pair, "--format", "csv")).isZero();
        assertThat(out.toString().lines()).hasSize(1 + 3 * 12);
        assertThat(execute("aa-report", List.of(session("a", 1, 1), session("b", 2, 1))))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("are not the two sides of one interleaved run")
                .hasLineCount(1);
    }
}
