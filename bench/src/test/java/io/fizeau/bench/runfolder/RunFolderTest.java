package io.fizeau.bench.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path runs;

    @Test
    void shouldNameTheFolderByTimeAndLabelAndNeverUseOneTwice() {
        assertThat(RunFolder.create(runs, STARTED, "x").path()).hasFileName("20260102T030405Z-x");
        assertThat(RunFolder.create(runs, STARTED, "x").path()).hasFileName("20260102T030405Z-x-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "a b", "-x"})
    void shouldRefuseALabelThatIsNoPartOfAFileName(String label) {
        assertThatThrownBy(() -> RunFolder.checkedLabel(label))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("--label");
    }

    @Test
    void shouldWriteTheManifestWholeAndLeaveNothingAside() throws IOException {
        RunFolder folder = RunFolder.create(runs, STARTED, "x");
        folder.writeManifest(manifest(false));
        folder.writeManifest(manifest(true));

        JsonNode json =
                new ObjectMapper().readTree(Files.readString(folder.path().resolve("manifest.json")));
        assertThat(json.get("schema").asText()).isEqualTo("fizeau.manifest/1");
        assertThat(json.get("complete").asBoolean()).isTrue();
        assertThat(json.get("rounds").get("seed").asLong()).isEqualTo(7);
        assertThat(json.get("transports").get(0).get("kit").get("verdict").asText())
                .isEqualTo("NOT_RUN");
        assertThat(json.get("forks").get(0).get("params").get("transport").asText())
                .isEqualTo("t");
        assertThat(json.has("probeNotes")).isFalse();
        try (Stream<Path> files = Files.list(folder.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "jmh");
        }
    }

    @Test
    void shouldTellWhatWasBuilt() {
        BuildFacts facts = BuildFacts.read(runs);

        assertThat(facts.version()).matches("\\d.*");
        assertThat(facts.dependencies())
                .containsEntry("jmh", "1.37")
                .allSatisfy((name, version) -> assertThat(version).matches("\\d.*"));
        assertThat(facts.gitCommit()).isEqualTo("unavailable: no git working tree");
    }

    private static Manifest manifest(boolean isComplete) {
        return manifest(isComplete, List.of("run"), Map.of("cpuModel", "unavailable: none"));
    }

    static Manifest manifest(boolean isComplete, List<String> commandLine, Map<String, String> host) {
        return new Manifest(
                Manifest.SCHEMA,
                "x",
                isComplete,
                "",
                STARTED.toString(),
                STARTED.toString(),
                "quick",
                "LOOPBACK",
                commandLine,
                new BuildFacts("1", "c", "false", "h", Map.of()),
                host,
                Map.of(),
                Map.of(),
                "none",
                new Manifest.Rounds(6, 6, 7),
                List.of(new Manifest.TransportEntry(
                        "t",
                        "t",
                        List.of("reliable"),
                        1,
                        "spinning",
                        true,
                        false,
                        true,
                        "",
                        Manifest.Kit.notRun("test"),
                        null)),
                List.of(new Manifest.LeftOut("u", "why")),
                Map.of("clockCostNs", 22.5),
                Map.of(),
                List.of(new Manifest.Fork(
                        0, 0, 0, "jmh/000.json", "a.B.c", Map.of("transport", "t"), "OK", "", "", "", Map.of())),
                null,
                null,
                null);
    }
}
