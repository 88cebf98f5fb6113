package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed under an open loop: the run ends soon, is marked, and keeps what it had. */
@Timeout(300)
class LostServerRunIT {
    private static final String SERVER = "ServerMain";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "aeron-ipc"})
    void shouldEndMarkedWithTheForksThatItHad(String transport) throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(
                home,
                "run",
                "--transports",
                transport,
                "--suites",
                "openloop",
                "--sizes",
                "32",
                "--rates",
                "2k",
                "--rounds",
                "2",
                "--skip-kit",
                "--",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "8s")) {
            ProcessHandle first = await().atMost(Duration.ofSeconds(90))
                    .until(() -> server(fizeau.handle()), Optional::isPresent)
                    .orElseThrow();
            ProcessHandle second = await().atMost(Duration.ofSeconds(90))
                    .until(
                            () -> server(fizeau.handle()).filter(server -> server.pid() != first.pid()),
                            Optional::isPresent)
                    .orElseThrow();
            // Into its iteration, as a rule; before it, the fork fails as well.
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            second.destroyForcibly();

            await().atMost(Duration.ofMinutes(1)).until(() -> !fizeau.handle().isAlive());
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isEqualTo(1);
            JsonNode forks = json("manifest.json").get("forks");
            assertThat(forks).hasSize(2);
            assertThat(forks.get(0).get("status").asText()).as(forks.toString()).isEqualTo("OK");
            assertThat(forks.get(1).get("status").asText()).isEqualTo("FAILED");
            assertThat(forks.get(1).get("reason").asText()).contains("the server process ended");
            assertThat(json("jmh.json").get(0).get("forks").asInt()).isEqualTo(1);
            assertThat(fizeau.handle().descendants()).isEmpty();
        }
    }

    private static Optional<ProcessHandle> server(ProcessHandle fizeau) {
        return fizeau.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(SERVER))
                .findFirst();
    }

    private JsonNode json(String file) throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("results/runs"))) {
            Path folder = folders.findFirst().orElseThrow();
            return new ObjectMapper().readTree(Files.readString(folder.resolve(file)));
        }
    }
}
