package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a process of its own. That experiments come out right is for a quiet machine to say; here it is enough that they
 * are carried out, and that their figures are of the right kind.
 */
@Timeout(300)
class VerifyInstrumentIT {
    @TempDir
    Path home;

    @Test
    void shouldSayWhatWasExpectedAndWhatWasMeasured() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(
                home, "verify-instrument", "--only", "clock,burn,unreachable", "--format", "json")) {
            assertThat(fizeau.exitStatus()).as(fizeau.err()).isIn(0, 1);

            final JsonNode report = new ObjectMapper().readTree(fizeau.out());
            assertThat(report.get("ok").asBoolean()).isEqualTo(fizeau.exitStatus() == 0);
            assertThat(report.get("outcomes"))
                    .hasSize(5)
                    .allSatisfy(
                            outcome -> assertThat(outcome.get("note").asText()).doesNotContain("failed"));
            final JsonNode clock = report.get("outcomes").get(0);
            assertThat(clock.get("figures").get("measured").asDouble()).isPositive();
            final JsonNode burn = report.get("outcomes").get(2);
            assertThat(burn.get("figures").get("expected").asDouble()).isEqualTo(500);
            // Of a busy machine it may be below 0: each turn has its own neighbours.
            assertThat(burn.get("figures").get("measured").isNumber()).isTrue();
            // Nothing that reads run folders is built here.
            final JsonNode unreachable = report.get("outcomes").get(3);
            assertThat(unreachable.get("verdict").asText()).isEqualTo("SKIPPED");
            assertThat(unreachable.get("note").asText()).contains("results jar");
            assertThat(fizeau.err()).contains("[3/3, ", " left] unreachable: ");
            assertThat(home.resolve(".fizeau/instrument")).isNotEmptyDirectory();
        }
    }

    @Test
    void shouldReallyHaveMoreSpinningThreadsThanProcessors() throws IOException, InterruptedException {
        try (FizeauProcess fizeau =
                FizeauProcess.start(home, "verify-instrument", "--only", "spinners", "--format", "json")) {
            assertThat(fizeau.exitStatus()).as(fizeau.err()).isEqualTo(0);
            assertThat(new ObjectMapper().readTree(fizeau.out()).get("outcomes"))
                    .hasSize(2);
        }
        final List<JsonNode> forks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.resolve(".fizeau/instrument"))) {
            for (final Path file :
                    files.filter(path -> path.endsWith("manifest.json")).toList()) {
                new ObjectMapper().readTree(file.toFile()).get("forks").forEach(forks::add);
            }
        }
        assertThat(forks).extracting(fork -> fork.get("notes")).anySatisfy(notes -> {
            assertThat(notes.get("allowedCpus").asText()).matches("\\d+");
            assertThat(notes.get("clientTransportWaits").asText()).isEqualTo("spin");
            assertThat(notes.get("serverDriving").asText()).isEqualTo("own");
            assertThat(notes.get("serverWaits").asText()).isEqualTo("spin");
        });
    }

    @Test
    void shouldEndItsChildrenWhenItIsInterrupted() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, "verify-instrument", "--only", "poisson-exponential")) {
            // A fork, and the fork's server.
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> fizeau.handle().descendants().count() > 1);
            final List<ProcessHandle> children = fizeau.handle().descendants().toList();

            fizeau.signal("INT");

            assertThat(fizeau.exitStatus()).isEqualTo(130);
            FizeauProcess.assertGone(children);
            assertThat(fizeau.out()).contains("INCOMPLETE");
        }
    }
}
