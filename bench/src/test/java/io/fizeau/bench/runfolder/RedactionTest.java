package io.fizeau.bench.runfolder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fizeau.bench.settings.UserIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
    private static final UserIdentity ALICE = new UserIdentity("alice", "/home/alice");
    private static final Redaction REDACTION =
            Redaction.of(List.of("lab", "lab.example.org", "", "localhost", "tcp"), ALICE);

    @TempDir
    Path runs;

    @Test
    void shouldLeaveOutNamesWhereTheyAreWords() {
        assertThat(REDACTION.text(
                        "alice@lab.example.org:/home/alice/fizeau ran on lab, not in the laboratory of malice"))
                .isEqualTo("<user>@<host>:~/fizeau ran on <host>, not in the laboratory of malice");
        assertThat(REDACTION.text("localhost /home/alicent")).isEqualTo("localhost /home/alicent");
        assertThat(Redaction.of(List.of(), new UserIdentity("root", "/root")).text("root=/dev/vda /root/x"))
                .isEqualTo("root=/dev/vda ~/x");
    }

    @Test
    void shouldChangeNeitherNamesOfFieldsNorNumbersNorWhatReadersGoBy() {
        final String json = REDACTION.json(
                "{\"lab\": \"lab\", \"transport\": \"tcp-nio?dir=/home/alice/x\", \"score\": 0.12345678901234567890, \"n\": [\"x lab\"]}");
        assertThat(json.replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"lab\":\"<host>\",\"transport\":\"tcp-nio?dir=~/x\",\"score\":0.1234567890123456789,\"n\":[\"x<host>\"]}");
        assertThat(Redaction.NONE.json("{ }")).isEqualTo("{ }");
    }

    @Test
    void shouldLeaveOutContainersAndWhatTheKernelWasToldOfItsFirstProcess() {
        final String id = "0123456789abcdef".repeat(4);
        final String json = REDACTION.json("{\"cgroup\": \"3:cpuset:/; 0::/docker/" + id + "\", \"jarSha256\": \"" + id
                + "\", \"kernelCommandLine\": \"quiet rdinit=/boot/agent init=/x psi=1 -- --token 7\"}");
        assertThat(json)
                .contains("\"3:cpuset:/; 0::/<id>\"", "\"jarSha256\" : \"" + id, "\"quiet psi=1\"")
                .doesNotContain("docker", "agent", "token");
    }

    @Test
    void shouldLeaveOutNamesOfWhatIsWrittenPieceByPiece() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(REDACTION.filter(bytes), true, StandardCharsets.UTF_8)) {
            out.print("on la");
            out.println("b");
            out.print("by alice");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("on <host>", "by <user>");
    }

    @Test
    void shouldLeaveTheHostOutOfEveryFileOfTheFolder() throws IOException {
        final RunFolder folder = RunFolder.create(runs, Instant.EPOCH, "x", REDACTION);
        folder.writeManifest(RunFolderTest.manifest(
                true, List.of("run", "--server", "lab:4000"), Map.of("hostName", "lab", "kernel", "built by a@lab")));
        folder.writeNoise(new NoiseFile(
                NoiseFile.SCHEMA,
                List.of(new NoiseFile.Fork(
                        0, "a.B.c", Map.of("server", "lab:4000"), JsonNodeFactory.instance.arrayNode()))));
        Files.createDirectories(folder.histograms());
        Files.writeString(folder.histograms().resolve("000-response.hlog"), "#server=lab:4000\n1,2,3,H+lab/\n");
        folder.redactHistograms(0);

        try (Stream<Path> files = Files.walk(folder.path())) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(file)
                            .content()
                            .contains("<host>")
                            .doesNotContain("lab:")
                            .doesNotContain("\"lab\""));
        }
        assertThat(folder.histograms().resolve("000-response.hlog")).content().contains("1,2,3,H+lab/");
    }
}
