package io.fizeau.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTableTest {
    @TempDir
    private Path folder;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(folder).transport("tcp-nio", "spinning", "reliable");
        builder.manifest().put("profile", "sweep");
    }

    @Test
    void shouldShowLatencyAgainstLoadAndTheHighestRateWithItsBracket() {
        fork(0, "8000", 20_000, 60_000, "holds", "", true);
        fork(1, "16000", 40_000, 400_000, "fails", "p99 400.0 us, limit p99=100us", true);
        fork(2, "11310", 21_000, 80_000, "holds", "", true);
        fork(3, "11310", 23_000, 120_000, "fails", "p99 120.0 us, limit p99=100us", true);
        fork(4, "32000", 90_000, 900_000, "fails", "sent 61.0 % of the rate", false);
        sweep("DISPUTED", 8_000, 16_000.0, "p99 400.0 us, limit p99=100us");

        final String text = TableFormat.TEXT.render(table());

        assertThat(text).startsWith("test: LOOPBACK, latency against load, limit p99=100us\n");
        assertThat(text).contains("tcp-nio, 32 B, spinning\n");
        assertThat(text.lines().filter(line -> line.matches(" *(8000|11.31k|16k|32k) .*")))
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).contains("20.0 us", "60.0 us", " 1  holds"),
                        line -> assertThat(line).contains("22.0 us", "disputed (held in 1 of 2): p99 120.0 us"),
                        line -> assertThat(line).contains("fails: p99 400.0 us, limit p99=100us"),
                        line -> assertThat(line)
                                .contains("  -  ", "fails: sent 61.0 %")
                                .doesNotContain("900 us"));
        assertThat(text.replaceAll("\\s+", " "))
                .contains(
                        "highest 8000/s: 8000/s held in all its forks, 16k/s failed in all, where p99 400.0 us, limit p99=100us")
                .contains("cannot be told closer than 100 %");
    }

    @Test
    void shouldSayWhenTheGeneratorWasTheLimit() {
        fork(0, "8000", 20_000, 60_000, "holds", "", true);
        sweep("FOUND", 8_000, 8_400.0, "the generator was late: p99 20.0 us");

        assertThat(table().isValid()).isTrue();
        assertThat(TableFormat.TEXT.render(table())).contains("limit of the generator");
    }

    @Test
    void shouldSayWhenNothingHeldOrTheSweepWasStopped() {
        fork(0, "1000", 20_000, 60_000, "fails", "p99 60.0 us, limit p99=10us", true);
        sweep("NONE_HELD", 0, 1_000.0, "p99 60.0 us, limit p99=10us");
        assertThat(TableFormat.TEXT.render(table()).replaceAll("\\s+", " "))
                .contains(
                        "highest none: no rate held in all its forks, and from 1000/s on all failed, where p99 60.0 us");

        builder.incomplete("interrupted after 1 forks");
        sweep("UNFINISHED", 0, null, "");
        assertThat(TableFormat.TEXT.render(table()))
                .startsWith("*** INCOMPLETE: interrupted after 1 forks ***")
                .contains("not found yet: nothing held");
    }

    @Test
    void shouldNotCallARateTheHighestThatMayNotBeBelieved() throws Exception {
        fork(0, "8000", 20_000, 60_000, "holds", "", true);
        fork(1, "16000", 21_000, 70_000, "holds", "", true);
        builder.noise("{\"hiccup.max\": 24}", "{}", "{}");
        fork(2, "32000", 90_000, 900_000, "fails", "sent 61.0 % of the rate", false);
        sweep("FOUND", 16_000, 32_000.0, "sent 61.0 % of the rate");

        assertThat(table().isValid()).isTrue();
        final String text = TableFormat.TEXT.render(table());
        assertThat(text.lines().filter(line -> line.matches(" *(8000|16k|32k) .*")))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" 1  holds"),
                        line -> assertThat(line).endsWith(" 1  INVALID, holds"),
                        line -> assertThat(line).contains(" 1  fails: sent 61.0 %"));
        assertThat(text.replaceAll("\\s+", " "))
                .contains(
                        "highest 8000/s held in all its forks and may be believed; 16k/s held in all its forks, and is"
                                + " INVALID; 32k/s failed in all")
                .contains(
                        "tcp-nio, 32 B, at 16k/s: INVALID: noise: a hiccup of up to 24 ms in the client in 1 of 1 fork");
        assertThat(TableFormat.CSV.render(table()).lines().skip(2).findFirst().orElseThrow())
                .contains(",holds,,8000,32000,FOUND,,false,noise: a hiccup");
        final JsonNode curve = new ObjectMapper()
                .readTree(TableFormat.JSON.render(table()))
                .path("curves")
                .path(0);
        assertThat(curve.path("highestHeldPerSecond").asDouble()).isEqualTo(8_000);
        assertThat(curve.path("points").path(1).path("valid").asBoolean(true)).isFalse();

        sweep("FOUND", 0, 32_000.0, "");
        assertThat(table().isValid()).isFalse();
    }

    @Test
    void shouldFindNoSustainableRateWhereNoneThatHeldMayBeBelieved() {
        fork(0, "8000", 20_000, 60_000, "holds", "", true);
        builder.note("clientWaits", "spin").note("serverWaits", "spin").note("allowedCpus", "0");
        sweep("NO_LIMIT", 8_000, null, "");

        assertThat(table().isValid()).isFalse();
        assertThat(TableFormat.TEXT.render(table()).replaceAll("\\s+", " "))
                .contains("highest none that may be believed: 8000/s held in all its forks, and is INVALID")
                .contains("2 threads spin (the measuring one, the serving one) and only 1 processor is allowed");
    }

    @Test
    void shouldNotDoubtAFailureForWhatMadeItFail() {
        fork(0, "8000", 20_000, 60_000, "holds", "", true);
        builder.openLoop(1, "tcp-nio", "16000", 10_000, 6_000, 0, 20_000, 60_000);
        builder.note("sweep", "fails")
                .note("sweepWhy", "sent 61.0 % of the rate")
                .note("sweepRateKept", "false");
        sweep("FOUND", 8_000, 16_000.0, "sent 61.0 % of the rate");
        assertThat(table().isValid()).isTrue();
        assertThat(TableFormat.TEXT.render(table()))
                .contains("8000/s: 8000/s held")
                .doesNotContain("at 16k/s: INVALID");
    }

    @Test
    void shouldNameATransportThatDidNotPassItsKit() {
        builder.kit(0, "FAILED", "loses messages");
        fork(0, "1000", 20_000, 60_000, "holds", "", true);
        sweep("NO_LIMIT", 1_000, null, "");

        assertThat(table().isValid()).isFalse();
        assertThat(TableFormat.TEXT.render(table()))
                .contains("tcp-nio: INVALID: conformance kit FAILED: loses messages");
        assertThat(TableFormat.MARKDOWN.render(table())).contains("| offered/s |", "- highest: over 1000/s");
    }

    @Test
    void shouldGiveTheSameToPrograms() throws Exception {
        fork(0, "8k", 20_000, 60_000, "holds", "", true);
        fork(1, "16k", 40_000, 400_000, "fails", "sent 61.0 % of the rate", false);
        sweep("FOUND", 8_000, 8_300.0, "sent 61.0 % of the rate");

        assertThat(TableFormat.CSV.render(table()).lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("label,complete,transport,regime"),
                        line -> assertThat(line)
                                .startsWith("test,true,tcp-nio,spinning,32,,8000,")
                                .contains(",20000,60000,", ",1,0,0,holds,,8000,8300,FOUND"),
                        line -> assertThat(line)
                                .contains(",16000,", ",0,1,0,fails,sent 61.0 % of the rate,8000,8300,FOUND"));
        final JsonNode curve = new ObjectMapper()
                .readTree(TableFormat.JSON.render(table()))
                .path("curves")
                .path(0);
        assertThat(curve.path("highestHeldPerSecond").asDouble()).isEqualTo(8_000);
        assertThat(curve.path("points")).hasSize(2);
        assertThat(curve.path("points").path(0).path("p99Ns").path("median").asDouble())
                .isEqualTo(60_000);
        assertThat(curve.path("points").path(1).path("p99Ns").path("median").isNull())
                .isTrue();
    }

    private SweepTable table() {
        return SweepTable.of(RunReader.read(builder.write()));
    }

    private void fork(
            final int round,
            final String rate,
            final double p50Ns,
            final double p99Ns,
            final String verdict,
            final String why,
            final boolean isRateKept) {
        builder.openLoop(round, "tcp-nio", rate, 10_000, 10_000, 0, p50Ns, p99Ns);
        final ArrayNode forks = (ArrayNode) builder.manifest().get("forks");
        ((ObjectNode) forks.get(forks.size() - 1))
                .putObject("notes")
                .put("sweep", verdict)
                .put("sweepWhy", why)
                .put("sweepRateKept", Boolean.toString(isRateKept));
    }

    private void sweep(final String state, final double held, final @Nullable Double failed, final String why) {
        final ObjectNode params = (ObjectNode)
                builder.manifest().get("forks").get(0).get("params").deepCopy();
        params.remove("rate");
        final ObjectNode sweep = builder.manifest().putObject("sweep");
        sweep.putArray("slo").add("p99=100us");
        sweep.put("precision", 0.05).put("repeats", 3);
        final ObjectNode edge = sweep.putArray("edges").addObject();
        edge.set("params", params);
        edge.put("heldPerSecond", held)
                .put("failedPerSecond", failed)
                .put("state", state)
                .put("why", why);
    }
}
