package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.cli.PluginJar.Plugged;
import io.fizeau.bench.runfolder.BuildFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sides in turn, in a process of their own, with a program in the place of the results that says what it was asked. */
@Timeout(300)
class SidesRunIT {
    private static final Path JAR = Path.of("target/benchmarks.jar").toAbsolutePath();

    @TempDir
    Path home;

    @BeforeEach
    void packTheResults() throws IOException {
        PluginJar.program(home.resolve("results/target/results.jar"), Asked.class);
    }

    @Test
    void shouldMeasureAnotherJarInTurnAndCompare() throws IOException, InterruptedException {
        assertThat(JAR).as("made by the package phase").exists();
        try (FizeauProcess fizeau = FizeauProcess.start(
                home,
                "run",
                "--against",
                JAR.toString(),
                "--transports",
                "tcp-nio",
                "--suites",
                "roundtrip",
                "--server",
                "thread",
                "--rounds",
                "2",
                "--skip-kit",
                "--label",
                "mine",
                "--",
                "-w",
                "20ms",
                "-r",
                "20ms",
                // Forks that live for less than a second start faster so.
                "-jvmArgsAppend",
                "-XX:TieredStopAtLevel=1")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();

            Path base = folder("-mine-base");
            Path candidate = folder("-mine-candidate");
            assertThat(fizeau.out())
                    .contains("asked: compare " + base + ' ' + candidate)
                    .contains("Report: " + base.resolve("report.html"), "Report: " + candidate.resolve("report.html"))
                    .contains("jar " + BuildFacts.sha256(JAR).substring(0, 10));
            JsonNode manifest = manifest(base);
            assertPaired(manifest, manifest(candidate), 2);
            // Each has gone first once in the first two rounds.
            assertThat(numbers(manifest, "orderInRound")).containsExactlyInAnyOrder(0, 1);
            assertThat(manifest.get("build").get("jarSha256").asText()).isEqualTo(BuildFacts.sha256(JAR));
            assertThat(manifest.get("transports").get(0).get("maxMessageBytes").asInt())
                    .isPositive();
            // What the fork itself says, by the class path that it had.
            assertThat(Files.readString(base.resolve("jmh.log"))).contains("RoundTripBenchmark.closed");
        }
    }

    @Test
    void shouldMeasureItselfInTurnAndReport() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = aa(1)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();

            Path base = folder("-aa-base");
            Path candidate = folder("-aa-candidate");
            assertThat(fizeau.out()).contains("asked: aa-report " + base + ' ' + candidate);
            assertPaired(manifest(base), manifest(candidate), 1);
            assertThat(manifest(base).get("build"))
                    .isEqualTo(manifest(candidate).get("build"));
        }
    }

    @Test
    void shouldKeepBothFoldersWhenItIsInterrupted() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = aa(300)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> fizeau.out().contains("[3/")
                            && fizeau.handle().descendants().count() > 0);
            fizeau.signal("INT");

            assertThat(fizeau.exitStatus()).isEqualTo(130);
            for (String side : List.of("-aa-base", "-aa-candidate")) {
                JsonNode manifest = manifest(folder(side));
                assertThat(manifest.get("complete").asBoolean()).isFalse();
                assertThat(manifest.get("incompleteReason").asText())
                        .startsWith("interrupted after")
                        .endsWith("of 300 forks");
                assertThat(manifest.get("forks")).isNotEmpty();
            }
            assertThat(fizeau.out()).contains("INCOMPLETE", "asked: aa-report").doesNotContain("Report: ");
        }
    }

    private FizeauProcess aa(int rounds) throws IOException {
        return FizeauProcess.start(
                home,
                "aa",
                "--plugin",
                PluginJar.of(home, Plugged.class).toString(),
                "--transports",
                "plugged",
                "--suites",
                "TinyBenchmark.sampled",
                "--rounds",
                Integer.toString(rounds),
                "--skip-kit",
                "--",
                "-w",
                "20ms",
                "-r",
                "20ms",
                // Forks that live for less than a second start faster so.
                "-jvmArgsAppend",
                "-XX:TieredStopAtLevel=1");
    }

    private static void assertPaired(JsonNode base, JsonNode candidate, int rounds) {
        JsonNode ofBase = base.get("interleaved");
        JsonNode ofCandidate = candidate.get("interleaved");
        assertThat(ofBase.get("id").asText())
                .isNotEmpty()
                .isEqualTo(ofCandidate.get("id").asText());
        assertThat(ofBase.get("side").asText()).isEqualTo("base");
        assertThat(ofCandidate.get("side").asText()).isEqualTo("candidate");
        assertThat(ofBase.get("other").asText()).endsWith("-candidate");
        assertThat(ofCandidate.get("other").asText()).endsWith("-base");
        assertThat(base.get("complete").asBoolean()).isTrue();
        assertThat(base.get("rounds")).isEqualTo(candidate.get("rounds"));
        assertThat(numbers(base, "round")).hasSize(rounds).isEqualTo(numbers(candidate, "round"));
        for (int round = 0; round < rounds; round++) {
            assertThat(base.get("forks").get(round).get("params"))
                    .isEqualTo(candidate.get("forks").get(round).get("params"));
            assertThat(List.of(
                            numbers(base, "orderInRound").get(round),
                            numbers(candidate, "orderInRound").get(round)))
                    .containsExactlyInAnyOrder(0, 1);
        }
    }

    private static List<Integer> numbers(JsonNode manifest, String field) {
        List<Integer> numbers = new ArrayList<>();
        manifest.get("forks").forEach(fork -> {
            assertThat(fork.get("status").asText()).as(fork.toString()).isEqualTo("OK");
            numbers.add(fork.get(field).asInt());
        });
        return numbers;
    }

    private Path folder(String end) throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("results/runs"))) {
            return folders.filter(folder -> folder.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static JsonNode manifest(Path folder) throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("manifest.json")));
    }

    /** A program that says what it was asked, and writes the report that it is asked for. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("asked: " + String.join(" ", arguments));
            if (arguments[0].equals("report")) {
                Files.writeString(Path.of(arguments[arguments.length - 1], "report.html"), "<html>");
            }
        }
    }
}
