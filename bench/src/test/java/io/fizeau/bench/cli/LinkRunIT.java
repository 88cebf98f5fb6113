package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a bad link, in a network namespace that they make themselves. */
@Timeout(300)
class LinkRunIT {
    @TempDir
    Path home;

    @BeforeEach
    void requireTheLink() {
        final Availability availability = Links.named("tun").availability();
        assumeThat(availability.isAvailable()).as(availability.reason()).isTrue();
    }

    @Test
    void shouldMeasureOverTheLinkAndKeepWhatItDid() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(
                home,
                "run",
                "--impair",
                // Enough that some are lost however few are sent.
                "loss=10%:delay=2ms",
                "--suites",
                "LossRecoveryBenchmark.closed",
                "--transports",
                "tcp-nio",
                "--rounds",
                "2",
                "--seed",
                "1",
                "--skip-kit",
                "--",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "2s",
                "-p",
                "rtoMin=5ms")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();
            final JsonNode manifest = manifest();
            assertThat(manifest.get("impairment").asText()).isEqualTo("loss=10%:delay=2ms over tun");
            final List<JsonNode> notes = Stream.of(0, 1)
                    .map(fork -> manifest.get("forks").get(fork).get("notes"))
                    .toList();
            assertThat(notes).allSatisfy(note -> {
                assertThat(note.get("link").asText()).isEqualTo("tun");
                assertThat(note.get("link.unscheduled").asLong()).isZero();
                assertThat(note.get("link.toServer.seen").asLong()).isGreaterThan(40);
                assertThat(note.get("link.toServer.lostByLoss").asLong()).isPositive();
                assertThat(note.get("link.tcp").asText()).contains("cubic").contains("5ms");
            });
            assertThat(notes.get(0).get("impairment").asText())
                    .startsWith("loss=10%:delay=2ms:seed=")
                    .isNotEqualTo(notes.get(1).get("impairment").asText());
        }
    }

    @Test
    void shouldLeaveNoProcessBehindWhenItIsKilled() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(
                home,
                "run",
                "--impair",
                "delay=2ms",
                "--suites",
                "LossRecoveryBenchmark.closed",
                "--transports",
                "tcp-nio",
                "--skip-kit",
                "--",
                "-r",
                "20s")) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> fizeau.handle().descendants().count() >= 4
                            && fizeau.out().contains("[1/"));
            final List<ProcessHandle> descendants =
                    fizeau.handle().descendants().toList();
            fizeau.signal("KILL");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(descendants).noneMatch(ProcessHandle::isAlive));
        }
    }

    private JsonNode manifest() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("results/runs"))) {
            final Path folder = folders.findFirst().orElseThrow();
            return new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
        }
    }
}
