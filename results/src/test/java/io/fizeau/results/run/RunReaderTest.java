package io.fizeau.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.results.RunFolderBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {
    @TempDir
    private Path temp;

    @Test
    void shouldReadARunFolder() {
        final Run run = RunReader.read(new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning", "reliable", "ordered")
                .transport("tcp-nio?wait=select", "blocking")
                .closed(0, "tcp-nio", 8000)
                .closed(0, "tcp-nio?wait=select", 40_000)
                .closed(1, "tcp-nio", 8200)
                .leftOut("aeron-ipc", "no time")
                .write());
        assertThat(run.problems()).isEmpty();
        assertThat(run.rows()).hasSize(2);
        assertThat(run.rows().get(0).okForks()).hasSize(2);
        assertThat(run.rows().get(0).mode()).isEqualTo("sample");
        assertThat(run.manifest().transport("tcp-nio").orElseThrow().guarantees())
                .containsExactly("reliable", "ordered");
        assertThat(run.manifest().transport("tcp-nio?wait=select").orElseThrow().blocking())
                .isTrue();
        assertThat(run.manifest().leftOut()).containsExactly(new Manifest.LeftOut("aeron-ipc", "no time"));
        assertThat(run.manifest().probes().clockTickNs()).isEqualTo(10);
    }

    @Test
    void shouldTurnAForkWhoseFileIsGoneIntoAFailedOne() throws IOException {
        final Path folder = new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning")
                .closed(0, "tcp-nio", 8000)
                .closed(1, "tcp-nio", 8000)
                .write();
        Files.delete(folder.resolve("jmh/001.json"));
        final Run run = RunReader.read(folder);
        assertThat(run.problems()).containsExactly("jmh/001.json: there is no such file");
        assertThat(run.rows().get(0).okForks()).hasSize(1);
        assertThat(run.rows().get(0).forks().get(1).entry().reason()).isEqualTo("jmh/001.json: there is no such file");
    }

    @Test
    void shouldReadTheForksOfAFolderWithoutManifestAsAnIncompleteRun() throws IOException {
        final Path folder = new RunFolderBuilder(temp)
                .closed(0, "tcp-nio", 8000)
                .closed(1, "tcp-nio", 8100)
                .write();
        Files.delete(folder.resolve("manifest.json"));
        Files.writeString(folder.resolve("jmh/001.json"), "[{\"bench");
        final Run run = RunReader.read(folder);
        assertThat(run.manifest().complete()).isFalse();
        assertThat(run.manifest().incompleteReason()).isEqualTo("manifest.json is missing");
        assertThat(run.rows()).hasSize(1);
        assertThat(run.problems()).hasSize(1);
    }

    @Test
    void shouldMakeARowOfEachEntryOfAPlainJmhFile() throws IOException {
        final Path file = Files.writeString(temp.resolve("jmh-result.json"), """
                [{"benchmark": "a.B.c", "mode": "avgt", "params": {"n": "1"},
                  "primaryMetric": {"score": 2.0, "scoreUnit": "us/op", "rawData": [[1.0], [2.0], [3.0]]}}]""");
        final Run run = RunReader.read(file);
        assertThat(run.hasManifest()).isFalse();
        assertThat(run.rows().get(0).forks()).hasSize(3);
        assertThat(run.rows().get(0).forks().get(2).primary().orElseThrow().median())
                .isEqualTo(3);
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        assertBad(temp.resolve("nowhere"), "there is no such run folder or file");
        assertBad(
                Files.createDirectory(temp.resolve("empty")),
                "is no run folder: it holds neither manifest.json nor jmh/*.json");
        assertBad(file("text.json", "hello"), "is not JSON: line 1 cannot be read");
        assertBad(file("blank.json", "  \n"), "is empty");
        assertBad(
                file("half.json", "[{\"benchmark\": \"a\",\n \"mode\""),
                "is half a file: it ends inside the JSON, at line 2");
        assertBad(file("two.json", "[] []"), "is not JSON: line 1 cannot be read");
        assertBad(file("object.json", "{}"), "is not a JMH result: a JSON array was expected");
        assertBad(
                file("none.json", "[]"),
                "holds no result: an empty JSON array, as JMH writes when every benchmark failed");
        assertBad(file("other.json", "[1]"), "is not a JMH result: entry 0 lacks \"benchmark\" or \"primaryMetric\"");
        assertBad(
                file("forkless.json", "[{\"benchmark\": \"a.B.c\", \"primaryMetric\": {\"score\": 1}}]"),
                "holds no forks: nothing was measured");
        Files.write(temp.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertBad(temp.resolve("binary.json"), "is not JSON: it is not text in UTF-8");
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAManifest() throws IOException {
        final Path manifest = temp.resolve("manifest.json");
        assertManifestBad(
                manifest,
                "{\"schema\": \"fizeau.manifest/2\"}",
                "has schema \"fizeau.manifest/2\"; this version reads \"fizeau.manifest/1\"");
        assertManifestBad(manifest, "{}", "names no schema; this version reads \"fizeau.manifest/1\"");
        assertManifestBad(manifest, "{\"schema\": \"fiz", "is half a file: it ends inside the JSON, at line 1");
        assertManifestBad(
                manifest,
                "{\"schema\": \"fizeau.manifest/1\", \"complete\": false, \"incompleteReason\": \"interrupted\"}",
                "names no forks: nothing was measured (interrupted)");
    }

    private void assertManifestBad(final Path manifest, final String content, final String wrong) throws IOException {
        Files.writeString(manifest, content);
        assertThatThrownBy(() -> RunReader.read(temp))
                .isInstanceOf(ResultsException.class)
                .hasMessage(manifest + ": " + wrong);
    }

    private static void assertBad(final Path location, final String wrong) {
        assertThatThrownBy(() -> RunReader.read(location))
                .isInstanceOf(ResultsException.class)
                .hasMessage(location + ": " + wrong);
    }

    private Path file(final String name, final String content) throws IOException {
        return Files.writeString(temp.resolve(name), content);
    }
}
