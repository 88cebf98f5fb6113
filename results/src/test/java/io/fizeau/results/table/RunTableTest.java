package io.fizeau.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTableTest {
    @TempDir
    private Path temp;

    @Test
    void shouldShowAWholeRunOnOneScreen() throws Exception {
        final String text = render(fiveTransports(6), TableFormat.TEXT);
        assertThat(text.lines().count()).isLessThanOrEqualTo(40);
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        assertThat(text).isEqualTo(resource("final-table.txt"));
    }

    @Test
    void shouldSayWhatIsMissingOfAnInterruptedRun() throws Exception {
        final RunFolderBuilder builder = new RunFolderBuilder(temp)
                .incomplete("interrupted")
                .transport("tcp-nio", "spinning", "reliable")
                .transport("aeron-udp", "spinning", "reliable")
                .transport("aeron-ipc", "spinning", "reliable")
                .unavailable(2, "no room in /dev/shm: 12 MB free, 300 MB needed")
                .closed(0, "tcp-nio", 8000)
                .failed(0, RunFolderBuilder.CLOSED, "aeron-udp", "the server ended with status 1")
                .rounds(6, 0);
        builder.manifest().remove(List.of("probes", "build", "host", "jvm"));
        final String text = render(builder, TableFormat.TEXT);
        assertThat(text).isEqualTo(resource("interrupted-table.txt"));
    }

    @Test
    void shouldHaveNoVerdictAfterTwoRounds() {
        final String text = render(fiveTransports(2), TableFormat.TEXT);
        assertThat(text)
                .contains("no verdict: needs 6 forks a side")
                .doesNotContain("FASTER")
                .contains("verdict below 6 rounds");
    }

    @Test
    void shouldShowASingleForkWithoutARange() {
        final String text = render(
                new RunFolderBuilder(temp).transport("tcp-nio", "spinning").closed(0, "tcp-nio", 8310),
                TableFormat.TEXT);
        assertThat(text.lines()
                        .filter(line -> line.startsWith("tcp-nio"))
                        .findFirst()
                        .orElseThrow())
                .contains("8.31 us ")
                .doesNotContain("8.31-8.31")
                .endsWith("yes");
    }

    @Test
    void shouldShowSinglesBesideGatheredSends() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("tcp-nio", "spinning")
                        .oneWay(0, "tcp-nio", "each", 203_000)
                        .oneWay(0, "tcp-nio", "gathered", 88e6),
                TableFormat.TEXT);
        assertThat(text).containsPattern("tcp-nio +- +- +- +- +88.0M +203k +2820 +0/16 +yes");
    }

    @Test
    void shouldKeepRowsApartThatDifferInMoreThanTheTransport() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp).transport("tcp-nio", "spinning");
        final String primary = "{\"score\": 1, \"scoreUnit\": \"ns/op\", \"rawDataHistogram\": [[[[9000, 2000]]]]}";
        for (final String server : List.of("process", "thread")) {
            final Map<String, String> params =
                    Map.of("transport", "tcp-nio", "messageBytes", "32", "server", server, "serverCpu", "auto");
            builder.fork(0, RunFolderBuilder.CLOSED, params, "sample", primary);
            builder.fork(0, "a.b.RoundTripBenchmark.closedBatch", params, "sample", primary);
        }
        assertThat(render(builder, TableFormat.TEXT))
                .contains("32 B, spinning, server=process\n", "32 B, spinning, server=thread\n")
                .contains("RoundTripBenchmark.closedBatch tcp-nio 32 B server=thread   9.00 us");
    }

    @Test
    void shouldShowWhatIsInAFolderThatWasKilledEarly() throws IOException {
        final Path folder =
                new RunFolderBuilder(temp).closed(0, "tcp-nio", 8310).write();
        Files.delete(folder.resolve("manifest.json"));
        final String text = TableFormat.TEXT.render(RunTable.of(RunReader.read(folder)));
        assertThat(text)
                .contains("INCOMPLETE: manifest.json is missing")
                .contains("RoundTripBenchmark.closed tcp-nio 32 B  8.31 us");
    }

    @Test
    void shouldRenderAnyPartOfAManifest() throws IOException {
        final Path folder = fiveTransports(1).write();
        final ObjectMapper json = new ObjectMapper();
        final ObjectNode whole =
                (ObjectNode) json.readTree(folder.resolve("manifest.json").toFile());
        whole.fieldNames().forEachRemaining(field -> {
            if (!field.equals("schema") && !field.equals("forks")) {
                for (final String replacement : List.of("null", "\"text\"", "7", "[]", "{}", "[{}]")) {
                    try {
                        final ObjectNode part = whole.deepCopy();
                        part.set(field, json.readTree(replacement));
                        Files.writeString(folder.resolve("manifest.json"), part.toString());
                        for (final TableFormat format : TableFormat.values()) {
                            assertThat(format.render(RunTable.of(RunReader.read(folder))))
                                    .as(field + " = " + replacement)
                                    .contains("tcp-nio");
                        }
                    } catch (final IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
    }

    @Test
    void shouldWriteCsvThatHasAsManyFieldsInEachLine() {
        final List<String> lines = render(fiveTransports(6).leftOut("x", "too \"long\""), TableFormat.CSV)
                .lines()
                .toList();
        assertThat(lines).hasSize(7);
        final long commas = lines.get(0).chars().filter(c -> c == ',').count();
        assertThat(lines).allMatch(line -> line.chars().filter(c -> c == ',').count() == commas);
        assertThat(lines.get(3))
                .startsWith("test,true,transport,aeron-udp,spinning,32,,7050,7000,7100,21150,6,tcp-nio,");
        assertThat(lines.get(3)).contains(",FASTER,");
        assertThat(lines.get(6)).contains(",left out,x,").endsWith(",NOT_MEASURED,\"too \"\"long\"\"\",,,,,,,,,,");
    }

    @Test
    void shouldKeepRoundTripAndOneWayInOneLineAtTheDefaultServiceTime() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("tcp-nio", "spinning")
                        .fork(
                                0,
                                RunFolderBuilder.CLOSED,
                                Map.of("transport", "tcp-nio", "messageBytes", "32", "service", "none"),
                                "sample",
                                "{\"score\": 1, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\", "
                                        + "\"rawDataHistogram\": [[[[8000, 2000]]]]}")
                        .oneWay(0, "tcp-nio", "gathered", 88e6),
                TableFormat.TEXT);
        assertThat(text).containsPattern("tcp-nio +8.00 us .*88.0M").doesNotContain("service=");
    }

    @Test
    void shouldShowTheOpenLoopWithWhatIsMissingAsAtLeast() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("tcp-nio", "spinning", "reliable")
                        .transport("udp", "spinning")
                        .openLoop(0, "tcp-nio", "10k", 1_000, 1_000, 0, 9_000, 30_000)
                        .openLoop(0, "udp", "10k", 1_000, 980, 20, 8_000, 1e9),
                TableFormat.TEXT);
        assertThat(text).containsPattern("tcp-nio +10k +1000 +9.00 us +30.0 us +- +60.0 us +1.00 us +0 +yes");
        assertThat(text).containsPattern("udp +10k +1000 +8.00 us +>=1.00 s +- +>=2.00 s +1.00 us +20.0 +yes \\[1\\]");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void shouldCallOnlyThatPercentileALowerBoundThatFallsAmongMissingMessages() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("udp", "spinning")
                        .openLoop(0, "udp", "10k", 10_000, 9_999, 1, 8_000, 30_000)
                        .openLoop(0, "udp", "20k", 10_000, 9_900, 100, 8_000, 30_000)
                        .openLoop(0, "udp", "30k", 10_000, 9_899, 101, 8_000, 1e9),
                TableFormat.TEXT);
        assertThat(text).containsPattern("udp +10k +1000 +8.00 us +30.0 us +- +>=60.0 us");
        assertThat(text).containsPattern("udp +20k +1000 +8.00 us +30.0 us +- +>=60.0 us");
        assertThat(text).containsPattern("udp +30k +1000 +8.00 us +>=1.00 s +- +>=2.00 s");
    }

    @Test
    void shouldCallTheMedianOverForksALowerBoundOnlyIfOneOfThemCouldRaiseIt() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("udp", "spinning")
                        .openLoop(0, "udp", "10k", 1_000, 1_000, 0, 8_000, 30_000)
                        .openLoop(1, "udp", "10k", 1_000, 1_000, 0, 8_000, 40_000)
                        .openLoop(2, "udp", "10k", 1_000, 980, 20, 8_000, 1e9),
                TableFormat.TEXT);
        assertThat(text).containsPattern("udp +10k +1000 +8.00 us +8.00-8.00 +40.0 us +- +80.0 us");
    }

    @Test
    void shouldClaimNoLatencyAtARateThatWasNotReached() {
        final String text = render(
                new RunFolderBuilder(temp)
                        .transport("tcp-nio", "spinning", "reliable")
                        .openLoop(0, "tcp-nio", "10k", 2_000, 1_000, 0, 9_000, 30_000),
                TableFormat.TEXT);
        assertThat(text).containsPattern("tcp-nio +10k +1000 +- +- +- +- +- +1000 +NO \\[1\\]");
        assertThat(text).contains("the rate was not reached").contains("no latency is claimed");
    }

    @Test
    void shouldWriteJsonWithNullForWhatIsNotThere() throws IOException {
        final JsonNode json = new ObjectMapper().readTree(render(fiveTransports(2), TableFormat.JSON));
        assertThat(json.path("schema").asText()).isEqualTo("fizeau.table/1");
        final JsonNode udp = json.path("groups").path(0).path("transports").path(1);
        assertThat(udp.path("transport").asText()).isEqualTo("aeron-udp");
        assertThat(udp.path("comparison").path("verdict").asText()).isEqualTo("NO_VERDICT");
        assertThat(udp.path("eachPerSecond").path("median").isNull()).isTrue();
        assertThat(udp.path("valid").asBoolean()).isTrue();
    }

    @Test
    void shouldWriteMarkdownTables() {
        final String text = render(fiveTransports(6), TableFormat.MARKDOWN);
        assertThat(text).contains("| transport | p50 | range |").contains("| :-- | --: |");
        assertThat(text).containsPattern("\\| tcp-nio \\| 8\\.\\d\\d us \\|");
    }

    /** Five transports whose medians vary a little from round to round, each in its own way. */
    private RunFolderBuilder fiveTransports(final int rounds) {
        final RunFolderBuilder builder = new RunFolderBuilder(temp)
                .transport("inproc", "spinning", "reliable", "ordered")
                .transport("tcp-nio", "spinning", "reliable", "ordered", "cross-host")
                .transport("aeron-udp", "spinning", "reliable", "ordered", "cross-host")
                .transport("aeron-ipc", "spinning", "reliable", "ordered")
                .transport("tcp-blocking", "blocking", "reliable", "ordered", "cross-host");
        for (int round = 0; round < rounds; round++) {
            builder.closed(round, "inproc", 120)
                    .closed(round, "tcp-nio", 8300 + 50 * (round % 3))
                    .closed(round, "aeron-udp", 7000 + 100 * (round % 2))
                    .closed(round, "aeron-ipc", 150 + 10 * (round % 2))
                    .closed(round, "tcp-blocking", 41_000);
            if (round % 2 == 0) {
                builder.oneWay(round, "tcp-nio", "gathered", 88e6).oneWay(round, "aeron-udp", "gathered", 12.9e6);
            }
        }
        return builder.rounds(rounds, rounds);
    }

    private String render(final RunFolderBuilder builder, final TableFormat format) {
        return format.render(RunTable.of(RunReader.read(builder.write()))).replace(temp.toString(), "RUN");
    }

    private String resource(final String name) throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
