package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.cli.PluginJar.Plugged;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in a process of their own, of benchmarks that take no time. */
@Timeout(300)
class RunCommandIT {
    @TempDir
    Path home;

    private Path plugin;

    @BeforeEach
    void packPlugin() throws IOException {
        plugin = PluginJar.of(home, Plugged.class);
    }

    @Test
    void shouldLeaveARunFolderWithEachForkAndTheirMerge() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled,TinyBenchmark.counted", 2)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();

            JsonNode manifest = json("manifest.json");
            assertThat(manifest.get("complete").asBoolean()).isTrue();
            assertThat(manifest.get("rounds").get("finished").asInt()).isEqualTo(2);
            assertThat(manifest.get("forks"))
                    .hasSize(4)
                    .allSatisfy(fork -> assertThat(
                                    runFolder().resolve(fork.get("file").asText()))
                            .exists());
            assertThat(manifest.get("jvm").get("flag.MaxHeapSize").asLong()).isEqualTo(64 << 20);
            assertThat(json("jmh.json"))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.get("forks").asInt()).isEqualTo(2));
            assertThat(fizeau.out()).contains("left] plugged sampled", "median so far", "Run folder: ");
        }
    }

    @Test
    void shouldSayWhatDisturbedEachIteration() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 2)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();

            assertThat(json("noise.json").get("schema").asText()).isEqualTo("fizeau.noise/1");
            assertThat(json("noise.json").get("forks")).hasSize(2).allSatisfy(fork -> {
                assertThat(fork.get("iterations")).hasSize(1);
                assertThat(fork.get("iterations")
                                .get(0)
                                .get("fork")
                                .get("gc.count")
                                .isNumber())
                        .isTrue();
                assertThat(fork.get("iterations").get(0).get("server").asText()).startsWith("unavailable: ");
            });
            assertThat(json("manifest.json").get("impairment").asText()).isEqualTo("none");
            assertThat(json("manifest.json").get("server").get("server").asText())
                    .startsWith("unavailable: ");
        }
    }

    @Test
    void shouldLeaveTheHostAndTheUsersHomeOutOfEveryFile() throws IOException, InterruptedException {
        String host = InetAddress.getLocalHost().getHostName();
        Pattern word = Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(host) + "(?![A-Za-z0-9_])");
        Pattern homeDirectory = Pattern.compile(Pattern.quote(System.getProperty("user.home")) + "(?![A-Za-z0-9_])");
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 1, "--redact")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();

            try (Stream<Path> files = Files.walk(runFolder())) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSizeGreaterThanOrEqualTo(5)
                        .allSatisfy(file -> assertThat(file)
                                .content()
                                .doesNotContainPattern(word)
                                .doesNotContainPattern(homeDirectory));
            }
            assertThat(json("manifest.json").get("host").get("hostName").asText())
                    .isEqualTo("<host>");
            assertThat(json("jmh.json")).hasSize(1);
        }
    }

    @Test
    void shouldNotTakeATableThatIsNotThereForAllRowsBeingValid() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 1, "--strict")) {
            assertThat(fizeau.exitStatus()).isEqualTo(1);
            assertThat(fizeau.out()).contains("No final table");
        }
    }

    @Test
    void shouldPassOnThatARowIsInvalidWhenToldToBeStrict() throws IOException, InterruptedException {
        PluginJar.program(home.resolve("results/target/results.jar"), StrictTable.class);
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 1, "--strict")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isEqualTo(3);
        }
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 1)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();
        }
    }

    /** A program that shows a table with an invalid row. */
    static final class StrictTable {
        private StrictTable() {}

        public static void main(String[] arguments) {
            System.exit(arguments.length == 3 && arguments[2].equals("--strict") ? 3 : 0);
        }
    }

    @Test
    void shouldKeepTheOtherRowsWhenOneFails() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = run("TinyBenchmark.broken,TinyBenchmark.counted", 3)) {
            assertThat(fizeau.exitStatus()).isEqualTo(1);

            JsonNode manifest = json("manifest.json");
            assertThat(manifest.get("complete").asBoolean()).isTrue();
            assertThat(count(manifest, "OK")).isEqualTo(3);
            assertThat(count(manifest, "FAILED")).isEqualTo(2);
            assertThat(manifest.get("leftOut").toString()).contains("given up", "the wire is cut");
            assertThat(fizeau.out()).contains("FAILED: the wire is cut", "giving up plugged broken");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void shouldKeepFinishedForksAndEndItsChildrenWhenItIsInterrupted(String signal)
            throws IOException, InterruptedException {
        try (FizeauProcess fizeau = run("TinyBenchmark.sampled", 500)) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> fizeau.out().contains("[3/")
                            && fizeau.handle().descendants().count() > 0);
            List<ProcessHandle> children = fizeau.handle().descendants().toList();

            fizeau.signal(signal);

            assertThat(fizeau.exitStatus()).isEqualTo(signal.equals("INT") ? 130 : 143);
            FizeauProcess.assertGone(children);
            JsonNode manifest = json("manifest.json");
            assertThat(manifest.get("complete").asBoolean()).isFalse();
            assertThat(manifest.get("incompleteReason").asText()).startsWith("interrupted after");
            assertThat(count(manifest, "OK")).isGreaterThanOrEqualTo(2);
            assertThat(json("jmh.json").get(0).get("forks").asInt()).isEqualTo(count(manifest, "OK"));
            assertThat(fizeau.out()).contains("INCOMPLETE");
        }
    }

    private FizeauProcess run(String suites, int rounds, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(
                "--plugin",
                plugin.toString(),
                "--transports",
                "plugged",
                "--suites",
                suites,
                "--rounds",
                Integer.toString(rounds),
                "--profile",
                "standard",
                "--skip-kit",
                "--seed",
                "1",
                "--",
                "-w",
                "20ms",
                "-r",
                "20ms"));
        return FizeauProcess.start(home, arguments.toArray(new String[0]));
    }

    private Path runFolder() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("results/runs"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(runFolder().resolve(file)));
    }

    private static int count(JsonNode manifest, String status) {
        int count = 0;
        for (JsonNode fork : manifest.get("forks")) {
            count += fork.get("status").asText().equals(status) ? 1 : 0;
        }
        return count;
    }
}
