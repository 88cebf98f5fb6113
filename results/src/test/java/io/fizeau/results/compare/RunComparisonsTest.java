package io.fizeau.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.generate.RunGenerator;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonsTest {
    private static final ComparisonOptions STANDARD = ComparisonOptions.standard();

    @TempDir
    private Path temp;

    private static Side side(final Path... locations) {
        final List<Run> runs = new ArrayList<>();
        for (final Path location : locations) {
            runs.add(RunReader.read(location));
        }
        return new Side(String.valueOf(locations[0].getFileName()), runs);
    }

    private static RunGenerator small(final long seed) {
        return new RunGenerator(seed).rows(2).buckets(40).start(Instant.ofEpochSecond(1_800_000_000 + seed));
    }

    private static ComparedLine line(final RunComparison comparison, final String metric) {
        return comparison.lines().stream()
                .filter(line -> line.measure().name().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static ComparisonOptions options(final boolean forced, final String... metrics) {
        return new ComparisonOptions(List.of(metrics), 0.03, forced);
    }

    @Test
    void shouldPairTheSidesOfAnInterleavedRunByRound() {
        final List<Path> pair = small(7).spread(0.03, 0.5).forks(10).ratio(1.2).writePair(temp);
        final RunComparison comparison = RunComparisons.of(side(pair.get(0)), side(pair.get(1)), STANDARD);
        assertThat(comparison.design()).isEqualTo(Design.PAIRED);
        final ComparedLine p50 = line(comparison, "p50");
        assertThat(p50.verdict()).isEqualTo(ComparisonVerdict.REGRESSED);
        assertThat(p50.ratio().ratio()).isCloseTo(1.2, within(0.06));
        assertThat(p50.ratio().isPaired()).isTrue();
        assertThat(p50.rankP()).isCloseTo(2.0 / 1024, within(1e-9));
        assertThat(p50.cliffsDelta()).isEqualTo(1);
        assertThat(line(comparison, "client:alloc.norm").verdict()).isEqualTo(ComparisonVerdict.EQUIVALENT);
        assertThat(comparison.differences())
                .extracting(ManifestDifference::field)
                .containsExactly("build.gitCommit");
    }

    @Test
    void shouldCallTheSameImprovedWhenTheSidesAreSwapped() {
        final List<Path> pair = small(7).forks(10).ratio(1.2).writePair(temp);
        final RunComparison comparison = RunComparisons.of(side(pair.get(1)), side(pair.get(0)), STANDARD);
        assertThat(comparison.design()).isEqualTo(Design.PAIRED);
        assertThat(line(comparison, "p50").verdict()).isEqualTo(ComparisonVerdict.IMPROVED);
    }

    @Test
    void shouldDecideNothingBetweenTwoSessions() {
        final RunComparison comparison = RunComparisons.of(
                side(small(1).write(temp.resolve("a"))), side(small(2).ratio(2).write(temp.resolve("b"))), STANDARD);
        assertThat(comparison.design()).isEqualTo(Design.SESSION_CONFOUNDED);
        assertThat(comparison.family()).isZero();
        final ComparedLine p50 = line(comparison, "p50");
        assertThat(p50.verdict()).isEqualTo(ComparisonVerdict.SESSION_CONFOUNDED);
        assertThat(p50.ratio().ratio()).isCloseTo(2, within(0.1));
        assertThat(p50.ratio().low()).isLessThan(2);
        assertThat(p50.holmP()).isNaN();
    }

    @Test
    void shouldTakeTheSessionAsTheSampleWhereThereAreSeveral() {
        final RunComparison comparison = RunComparisons.of(
                side(
                        small(1).write(temp.resolve("a")),
                        small(2).ratio(1.02).write(temp.resolve("b")),
                        small(3).ratio(0.97).write(temp.resolve("c"))),
                side(
                        small(4).ratio(1.5).write(temp.resolve("d")),
                        small(5).ratio(1.53).write(temp.resolve("e"))),
                STANDARD);
        assertThat(comparison.design()).isEqualTo(Design.SESSIONS);
        final ComparedLine p50 = line(comparison, "p50");
        assertThat(p50.ratio().baseCount()).isEqualTo(3);
        assertThat(p50.ratio().candidateCount()).isEqualTo(2);
        assertThat(p50.verdict()).isEqualTo(ComparisonVerdict.REGRESSED);
    }

    @Test
    void shouldGiveNoVerdictBelowSixRounds() {
        final List<Path> pair = small(7).forks(5).ratio(2).writePair(temp);
        final ComparedLine p50 = line(RunComparisons.of(side(pair.get(0)), side(pair.get(1)), STANDARD), "p50");
        assertThat(p50.verdict()).isEqualTo(ComparisonVerdict.NO_VERDICT);
        assertThat(p50.reasons()).containsExactly("5 rounds on both sides: a verdict takes 6");
    }

    @Test
    void shouldNotCallEquivalentWhatIsMerelyNotSignificant() {
        final List<Path> pair = small(8).forks(6).spread(0.2, 0).writePair(temp);
        assertThat(line(RunComparisons.of(side(pair.get(0)), side(pair.get(1)), STANDARD), "p50")
                        .verdict())
                .isEqualTo(ComparisonVerdict.INCONCLUSIVE);
    }

    private Path plain(
            final String name, final String benchmark, final String mode, final String unit, final double score)
            throws IOException {
        final StringBuilder forks = new StringBuilder();
        for (int fork = 0; fork < 6; fork++) {
            forks.append(fork == 0 ? "" : ", ")
                    .append('[')
                    .append(score + fork / 1000.0)
                    .append(']');
        }
        return Files.writeString(
                temp.resolve(name),
                "[{\"benchmark\": \"org.example.Parser." + benchmark + "\", \"mode\": \"" + mode
                        + "\", \"threads\": 1, \"forks\": 6, \"jdkVersion\": \"21\", \"params\": {\"size\": \"10\"}, "
                        + "\"primaryMetric\": {\"score\": 1, \"scoreError\": 1, \"scoreUnit\": \"" + unit
                        + "\", \"rawData\": [" + forks + "]}, \"secondaryMetrics\": {}}]");
    }

    @Test
    void shouldCompareJmhFilesOfAnyProjectInWhateverUnit() throws IOException {
        final RunComparison comparison = RunComparisons.of(
                side(plain("a.json", "parse", "avgt", "ns/op", 2000)),
                side(plain("b.json", "parse", "avgt", "us/op", 3)),
                STANDARD);
        final ComparedLine time = line(comparison, "time");
        assertThat(time.ratio().ratio()).isCloseTo(1.5, within(0.01));
        assertThat(time.verdict()).isEqualTo(ComparisonVerdict.SESSION_CONFOUNDED);
        assertThat(comparison.problems()).isEmpty();
    }

    @Test
    void shouldNameWhatIsMeasuredInAnotherMode() throws IOException {
        final RunComparison comparison = RunComparisons.of(
                side(plain("a.json", "parse", "avgt", "ns/op", 2000)),
                side(plain("b.json", "parse", "thrpt", "ops/s", 3)),
                STANDARD);
        assertThat(comparison.problems())
                .containsExactly("Parser.parse size=10: the base has time in ns, the candidate has rate in 1/s: it was"
                        + " measured in another mode; not compared");
        assertThat(comparison.lines()).extracting(ComparedLine::verdict).containsOnly(ComparisonVerdict.ONE_SIDE_ONLY);
    }

    @Test
    void shouldTellModesAndThreadsOfJmhFilesApart() throws IOException {
        final Path one = plain("a.json", "parse", "avgt", "ns/op", 2000);
        final Path threads = plain("b.json", "parse", "avgt", "ns/op", 3000);
        Files.writeString(threads, Files.readString(threads).replace("\"threads\": 1", "\"threads\": 8"));
        assertThatThrownBy(() -> RunComparisons.of(side(one), side(threads), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("jmh.threads=(none) in the base and 8 in the candidate");
        final String average = Files.readString(one);
        final Path modes = Files.writeString(
                temp.resolve("modes.json"),
                average.substring(0, average.length() - 1) + ", "
                        + average.replace("avgt", "ss").substring(1));
        assertThat(RunReader.read(modes).rows())
                .extracting(row -> row.key() + ": " + row.forks().size())
                .containsExactly("Parser.parse jmh.mode=avgt size=10: 6", "Parser.parse jmh.mode=ss size=10: 6");
    }

    @Test
    void shouldNameWhatOnlyOneSideHas() throws IOException {
        final RunComparison comparison = RunComparisons.of(
                side(plain("a.json", "parse", "avgt", "ns/op", 2000)),
                side(plain("b.json", "print", "avgt", "ns/op", 3)),
                STANDARD);
        assertThat(comparison.lines())
                .extracting(line -> line.row() + ": " + line.verdict() + ' ' + line.reasons())
                .containsExactly(
                        "Parser.parse size=10: ONE_SIDE_ONLY [only in the base]",
                        "Parser.print size=10: ONE_SIDE_ONLY [only in the candidate]");
    }

    @Test
    void shouldRefuseTheSameRunTwiceAlsoAsACopy() throws IOException {
        final Path one = plain("a.json", "parse", "avgt", "ns/op", 2000);
        final Path copy = Files.copy(one, temp.resolve("b.json"));
        for (final Path other : List.of(one, copy)) {
            assertThatThrownBy(() -> RunComparisons.of(side(one), side(other), STANDARD))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("is the same run")
                    .hasMessageContaining("fizeau aa");
        }
        final Path folder = small(1).write(temp.resolve("run"));
        final Path folderCopy = small(1).write(temp.resolve("copy"));
        assertThatThrownBy(() -> RunComparisons.of(side(folder), side(folderCopy), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("is the same run");
    }

    @Test
    void shouldRefuseBothSidesOfOnePairAsSessionsOfOneSide() {
        final List<Path> one = small(1).label("one").writePair(temp.resolve("1"));
        final List<Path> two = small(2).label("two").ratio(2).writePair(temp.resolve("2"));
        assertThatThrownBy(
                        () -> RunComparisons.of(side(one.get(0), one.get(1)), side(two.get(0), two.get(1)), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(one.get(1) + ": and " + one.get(0)
                        + " are both sides of one interleaved run, and both given as the base: ");
        assertThatThrownBy(() -> RunComparisons.of(
                        side(small(3).write(temp.resolve("3"))), side(two.get(0), two.get(1)), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("both given as the candidate");
    }

    @Test
    void shouldRefuseARunFolderBesideAFileInItAndTwoFilesOfOne() {
        final Path folder = small(1).write(temp.resolve("run"));
        final Path first = folder.resolve("jmh/000.json");
        final Path second = folder.resolve("jmh/001.json");
        for (final List<Path> given : List.of(List.of(folder, first), List.of(first, folder), List.of(first, second))) {
            assertThatThrownBy(() -> RunComparisons.of(side(given.get(0)), side(given.get(1)), STANDARD))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageStartingWith(given.get(1) + ": is the same run as " + given.get(0));
        }
        final Path other = small(2).write(temp.resolve("other")).resolve("jmh/000.json");
        assertThat(RunComparisons.of(side(first), side(other), STANDARD).design())
                .isEqualTo(Design.SESSION_CONFOUNDED);
    }

    @Test
    void shouldTakeFilesBesideAManifestOfAnotherKindForTwoRuns() throws IOException {
        Files.writeString(temp.resolve("manifest.json"), "{\"name\": \"some web page\"}");
        assertThat(RunComparisons.of(
                                side(plain("a.json", "parse", "avgt", "ns/op", 2000)),
                                side(plain("b.json", "parse", "avgt", "ns/op", 2001)),
                                STANDARD)
                        .lines())
                .hasSize(1);
    }

    @Test
    void shouldRefuseACopyOfAFolderWithoutAManifest() throws IOException {
        final Path folder = small(1).write(temp.resolve("run"));
        final Path copy = small(1).write(temp.resolve("copy"));
        Files.delete(folder.resolve("manifest.json"));
        Files.delete(copy.resolve("manifest.json"));
        for (final Path other : List.of(copy, folder.resolve("jmh/001.json"), copy.resolve("jmh/001.json"))) {
            assertThatThrownBy(() -> RunComparisons.of(side(folder), side(other), STANDARD))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("is the same run as");
        }
    }

    private Path transport(final String name, final String spec, final String topology) {
        final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(name)).transport(spec, "spinning");
        builder.manifest().put("topology", topology).put("startedAt", name);
        for (int round = 0; round < 6; round++) {
            builder.closed(round, spec, 1000 + round);
        }
        return builder.write();
    }

    @Test
    void shouldRefuseAnotherParameterUnlessForced() {
        final Path base = transport("a", "tcp-nio", "LOOPBACK");
        final Path candidate = transport("b", "aeron-udp", "LOOPBACK");
        assertThatThrownBy(() -> RunComparisons.of(side(base), side(candidate), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessage("RoundTripBenchmark.closed: a parameter differs throughout: transport=tcp-nio in the base"
                        + " and aeron-udp in the candidate; not compared (--force compares all the same)");
        final RunComparison forced = RunComparisons.of(side(base), side(candidate), options(true, "p50"));
        assertThat(forced.lines()).hasSize(1);
        assertThat(forced.lines().get(0).row().param("transport")).isEqualTo("aeron-udp");
        assertThat(forced.lines().get(0).reasons())
                .containsExactly("forced: transport=tcp-nio in the base and aeron-udp in the candidate");
    }

    @Test
    void shouldRefuseAnotherTopologyUnlessForced() {
        final Path base = transport("a", "tcp-nio", "LOOPBACK");
        final Path candidate = transport("b", "tcp-nio", "NETWORK");
        assertThatThrownBy(() -> RunComparisons.of(side(base), side(candidate), STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("topology LOOPBACK in a and NETWORK in b");
        assertThat(RunComparisons.of(side(base), side(candidate), options(true)).differences())
                .extracting(ManifestDifference::field)
                .containsExactly("topology");
    }

    @Test
    void shouldNotJudgeAnotherMachineInThePlaceOfAnotherProgramUnlessForced() throws IOException {
        final List<Path> base = List.of(small(1).write(temp.resolve("a")), small(2).write(temp.resolve("b")));
        final List<Path> candidate = List.of(small(3).write(temp.resolve("c")), small(4).write(temp.resolve("d")));
        for (final Path folder : candidate) {
            final Path manifest = folder.resolve("manifest.json");
            Files.writeString(manifest, Files.readString(manifest).replace("A Processor", "Another"));
        }
        final Side one = side(base.get(0), base.get(1));
        final Side other = side(candidate.get(0), candidate.get(1));
        assertThatThrownBy(() -> RunComparisons.of(one, other, STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessage("machine A Processor, 2 processors in a and Another, 2 processors in c: the difference may"
                        + " be the machines'; --force compares all the same");
        assertThat(line(RunComparisons.of(one, other, options(true)), "p50")
                        .verdict()
                        .isDecided())
                .isTrue();
        assertThat(RunComparisons.of(side(base.get(0)), side(candidate.get(0)), STANDARD)
                        .design())
                .isEqualTo(Design.SESSION_CONFOUNDED);
    }

    @Test
    void shouldCompareTheUnitsOfAllSessions() throws IOException {
        final Side base =
                side(plain("a.json", "parse", "thrpt", "a/op", 2000), plain("b.json", "parse", "thrpt", "b/op", 2000));
        final Side candidate =
                side(plain("c.json", "parse", "thrpt", "a/op", 2001), plain("d.json", "parse", "thrpt", "a/op", 2002));
        assertThatThrownBy(() -> RunComparisons.of(base, candidate, STANDARD))
                .isInstanceOf(ResultsException.class)
                .hasMessage("Parser.parse size=10: score is in a/op or b/op in the base and in a/op in the candidate,"
                        + " which cannot be converted; not compared");
    }

    @Test
    void shouldNameAMetricThatNoRowHas() {
        final List<Path> pair = small(7).writePair(temp);
        final RunComparison comparison =
                RunComparisons.of(side(pair.get(0)), side(pair.get(1)), options(false, "p50", "p77"));
        assertThat(comparison.problems()).hasSize(1);
        assertThat(comparison.problems().get(0)).startsWith("metric p77: no row has it; there are: p50, ");
        assertThat(comparison.lines()).extracting(line -> line.measure().name()).containsOnly("p50");
    }

    private List<Path> pair(final String primaryOfBase, final String primaryOfCandidate, final String mode) {
        final List<Path> pair = new ArrayList<>();
        for (final String side : List.of("base", "candidate")) {
            final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(side)).transport("tcp-nio", "spinning");
            builder.manifest().putObject("interleaved").put("id", "x").put("side", side);
            for (int round = 0; round < 6; round++) {
                builder.fork(
                        round,
                        RunFolderBuilder.ONE_WAY,
                        Map.of("transport", "tcp-nio"),
                        mode,
                        String.format(
                                Locale.ROOT,
                                side.equals("base") ? primaryOfBase : primaryOfCandidate,
                                1 + round / 1000.0));
            }
            pair.add(builder.write());
        }
        return pair;
    }

    @Test
    void shouldCallMoreOfARateBetter() {
        final List<Path> pair = pair(
                "{\"score\": 1, \"scoreUnit\": \"ops/s\", \"rawData\": [[%f]]}",
                "{\"score\": 1, \"scoreUnit\": \"ops/ms\", \"rawData\": [[%f]]}", "thrpt");
        final ComparedLine rate = line(RunComparisons.of(side(pair.get(0)), side(pair.get(1)), STANDARD), "rate");
        assertThat(rate.verdict()).isEqualTo(ComparisonVerdict.IMPROVED);
        assertThat(rate.ratio().ratio()).isCloseTo(1000, within(1e-6));
        assertThat(rate.worseBy()).isNegative();
    }

    @Test
    void shouldGiveAnInvalidRowNoVerdictAndNoPlaceInTheFamily() {
        final List<Path> pair = new ArrayList<>();
        for (final String side : List.of("base", "candidate")) {
            final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(side))
                    .transport("tcp-nio", "spinning")
                    .transport("aeron-udp", "spinning")
                    .kit(1, side.equals("base") ? "PASSED" : "FAILED", "shouldKeepOrder");
            builder.manifest().putObject("interleaved").put("id", "x").put("side", side);
            for (int round = 0; round < 6; round++) {
                builder.closed(round, "tcp-nio", 1000 + round).closed(round, "aeron-udp", 1000 + round * 7);
            }
            pair.add(builder.write());
        }
        final RunComparison comparison = RunComparisons.of(side(pair.get(0)), side(pair.get(1)), options(false, "p50"));
        final Map<String, ComparedLine> lines = comparison.lines().stream()
                .collect(Collectors.toMap(line -> line.row().param("transport"), line -> line));
        assertThat(lines.get("aeron-udp").verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(lines.get("aeron-udp").reasons())
                .containsExactly("candidate: conformance kit FAILED: shouldKeepOrder");
        assertThat(lines.get("tcp-nio").verdict()).isEqualTo(ComparisonVerdict.EQUIVALENT);
        assertThat(comparison.family()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeBackgroundAllocationForARegressionButAnObjectPerMessage() {
        final List<Path> pair = new ArrayList<>();
        for (final String side : List.of("base", "candidate")) {
            final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(side)).transport("tcp-nio", "spinning");
            builder.manifest().putObject("interleaved").put("id", "x").put("side", side);
            final boolean isBase = side.equals("base");
            for (int round = 0; round < 6; round++) {
                builder.overLink(
                        round,
                        "RoundTripBenchmark.closed",
                        Map.of("transport", "tcp-nio"),
                        Map.of(
                                "background",
                                1.0,
                                "a:alloc.norm",
                                isBase ? 0.0 : 24.0 + round,
                                "b:alloc.norm",
                                isBase ? 0.002 : 0.02));
            }
            pair.add(builder.write());
        }
        for (final Path folder : pair) {
            inBytes(folder);
        }
        final RunComparison comparison =
                RunComparisons.of(side(pair.get(0)), side(pair.get(1)), options(false, "a:alloc.norm", "b:alloc.norm"));
        assertThat(line(comparison, "a:alloc.norm").verdict()).isEqualTo(ComparisonVerdict.REGRESSED);
        assertThat(line(comparison, "b:alloc.norm").verdict()).isEqualTo(ComparisonVerdict.EQUIVALENT);
    }

    private static void inBytes(final Path folder) {
        try (var files = Files.list(folder.resolve("jmh"))) {
            for (final Path file : files.toList()) {
                Files.writeString(
                        file, Files.readString(file).replace("\"scoreUnit\": \"ns\"", "\"scoreUnit\": \"B/op\""));
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldSayThatThereIsNoRatioToNothing() {
        final List<Path> pair = new ArrayList<>();
        for (final String side : List.of("base", "candidate")) {
            final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve(side)).transport("tcp-nio", "spinning");
            builder.manifest().putObject("interleaved").put("id", "x").put("side", side);
            for (int round = 0; round < 6; round++) {
                builder.overLink(
                        round,
                        "RoundTripBenchmark.closed",
                        Map.of("transport", "tcp-nio"),
                        Map.of("cpu.norm", side.equals("base") ? 0.0 : 5.0 + round));
            }
            pair.add(builder.write());
        }
        final ComparedLine cost =
                line(RunComparisons.of(side(pair.get(0)), side(pair.get(1)), options(false, "cpu.norm")), "cpu.norm");
        assertThat(cost.verdict()).isEqualTo(ComparisonVerdict.NO_VERDICT);
        assertThat(cost.reasons()).containsExactly("0 in 6 of 12 forks: there is no ratio to nothing");
        assertThat(cost.ratio().ratio()).isNaN();
        assertThat(cost.cliffsDelta()).isEqualTo(1);
    }
}
