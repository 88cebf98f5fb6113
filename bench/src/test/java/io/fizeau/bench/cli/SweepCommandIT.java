package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps in a process of their own. What they find depends on the machine; that they end, and what they keep, does not. */
@Timeout(300)
class SweepCommandIT {
    @TempDir
    Path home;

    @Test
    void shouldSayThatNothingHeldWhenALimitCannotBeKept() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = sweep("--slo", "max=1ns", "--rounds", "1", "--redact")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isEqualTo(1);

            JsonNode manifest = json("manifest.json");
            assertThat(manifest.get("profile").asText()).isEqualTo("sweep");
            assertThat(manifest.get("complete").asBoolean()).isTrue();
            assertThat(manifest.get("host").get("hostName").asText()).isEqualTo("<host>");
            assertThat(manifest.get("forks")).hasSize(1);
            JsonNode fork = manifest.get("forks").get(0);
            assertThat(fork.get("params").get("rate").asText()).isEqualTo("2000");
            assertThat(fork.get("notes").get("sweep").asText()).isEqualTo("fails");
            assertThat(runFolder().resolve(fork.get("file").asText())).exists();
            JsonNode edge = manifest.get("sweep").get("edges").get(0);
            assertThat(edge.get("state").asText()).isEqualTo("NONE_HELD");
            assertThat(edge.get("failedPerSecond").asDouble()).isEqualTo(2_000);
            assertThat(edge.get("params").has("rate")).isFalse();
            assertThat(json("jmh.json")).hasSize(1);
            // On a busy machine the generator may be late as well, which is said in its place.
            assertThat(fizeau.out()).contains("the rate or max=1ns", "32 B at 2000/s ... fails: ", "Run folder: ");
        }
    }

    @Test
    void shouldKeepWhatItHasWhenItIsInterrupted() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = sweep()) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> fizeau.out().contains("[2, ")
                            && fizeau.handle().descendants().count() > 0);

            fizeau.signal("INT");

            assertThat(fizeau.exitStatus()).isEqualTo(130);
            JsonNode manifest = json("manifest.json");
            assertThat(manifest.get("complete").asBoolean()).isFalse();
            assertThat(manifest.get("incompleteReason").asText()).startsWith("interrupted after");
            assertThat(manifest.get("forks").get(0).get("status").asText()).isEqualTo("OK");
            assertThat(manifest.get("sweep").get("edges").get(0).get("state").asText())
                    .isEqualTo("UNFINISHED");
            assertThat(fizeau.out()).contains("INCOMPLETE");
        }
    }

    private FizeauProcess sweep(String... more) throws IOException {
        String[] arguments = {
            "sweep", "--transports", "inproc", "--server", "thread", "--from", "2k", "--skip-kit", "--seed", "1"
        };
        return FizeauProcess.start(
                home, Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
    }

    private Path runFolder() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("results/runs"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(runFolder().resolve(file)));
    }
}
