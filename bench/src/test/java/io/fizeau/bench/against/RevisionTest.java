package io.fizeau.bench.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.runfolder.Git;
import io.fizeau.core.error.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Revisions of a repository whose build is a line of shell. */
class RevisionTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8), false, 80);
    private Path tree;
    private Path cache;

    @BeforeEach
    void makeARepository() throws IOException, InterruptedException {
        tree = Files.createDirectory(directory.resolve("tree"));
        cache = directory.resolve("cache");
        new BuildJar().write(directory.resolve("made.jar"));
        git("init", "-q");
        commit("empty", "README.md", "nothing to build");
        Files.createDirectory(tree.resolve("bench"));
        Files.writeString(tree.resolve("bench/pom.xml"), "");
        commit("broken", "mvnw", "echo '[INFO] hm'; echo '[ERROR] no such symbol'; exit 1\n");
        commit(
                "sound",
                "mvnw",
                "mkdir bench/target; cp '" + directory.resolve("made.jar") + "' bench/target/benchmarks.jar\n");
    }

    @Test
    void shouldBuildACommitOnceWhateverTheTreeIsAt() throws IOException, InterruptedException {
        Files.writeString(tree.resolve("mvnw"), "exit 9\n");
        Path kept = cache.resolve(Git.ask(tree, "rev-parse", "HEAD"));
        leaveBehind(kept);

        OtherBuild build = Revision.find("HEAD", tree, cache).build(terminal);

        assertThat(build.facts().gitCommit()).isEqualTo(Git.ask(tree, "rev-parse", "HEAD"));
        assertThat(build.facts().gitDirty()).isEqualTo("false");
        assertThat(build.jar())
                .isEqualTo(cache.resolve(build.facts().gitCommit()).resolve("benchmarks.jar"));
        assertKeptAlone(kept);
        assertThat(text()).contains("Building HEAD (");
        said.reset();
        leaveBehind(kept);

        assertThat(Revision.find("HEAD^{commit}", tree, cache).build(terminal)).satisfies(again -> {
            assertThat(again.facts()).isEqualTo(build.facts());
            assertThat(text()).isEmpty();
        });
        assertKeptAlone(kept);
    }

    @Test
    @Timeout(120)
    void shouldLeaveNothingBehindWhenItsProcessIsEnded() throws IOException, InterruptedException {
        Path started = directory.resolve("started");
        commit("slow", "mvnw", "touch '" + started + "'; while :; do sleep 0.1; done\n");
        Process building = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Building.class.getName(),
                        tree.toString(),
                        cache.toString())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(started));
            List<ProcessHandle> maven = building.descendants().toList();
            building.destroy();
            building.waitFor();

            assertThat(maven).isNotEmpty();
            // Whose parent has ended is there until somebody else asks how it ended.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(maven).noneMatch(ProcessHandle::isAlive));
            try (Stream<Path> left = Files.list(cache.resolve(Git.ask(tree, "rev-parse", "HEAD")))) {
                assertThat(left.map(file -> file.getFileName().toString())).containsExactly("build.log");
            }
        } finally {
            building.descendants().forEach(ProcessHandle::destroyForcibly);
            building.destroyForcibly();
        }
    }

    @Test
    void shouldSayWhyARevisionCannotBeBuilt() throws IOException {
        assertThatThrownBy(() -> Revision.find("HEAD~1", tree, cache).build(terminal))
                .isInstanceOf(TransportException.class)
                .message()
                .startsWith("--against HEAD~1 (")
                .contains("cannot be built: no such symbol; all of it is in ", "build.log")
                .hasLineCount(1);
        assertThatThrownBy(() -> Revision.find("HEAD~2", tree, cache).build(terminal))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("has no mvnw or no bench/pom.xml");
        try (Stream<Path> all = Files.walk(cache)) {
            assertThat(all).noneMatch(file -> file.endsWith("benchmarks.jar") || file.endsWith("mvnw"));
        }
    }

    @Test
    void shouldRefuseWhatIsNoRevision() {
        for (String asked : new String[] {"nosuch", "--help", "HEAD:README.md", ""}) {
            assertThatThrownBy(() -> Revision.find(asked, tree, cache))
                    .as(asked)
                    .isInstanceOf(TransportException.class)
                    .message()
                    .contains("is neither a jar that is there nor a revision of this repository")
                    .hasLineCount(1);
        }
        assertThatThrownBy(() -> Revision.find("HEAD", directory, cache))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("is no git working tree");
    }

    /** As a build that was killed. */
    private static void leaveBehind(Path kept) throws IOException {
        Path source = Files.createDirectories(kept.resolve("source1"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    private static void assertKeptAlone(Path kept) throws IOException {
        try (Stream<Path> left = Files.list(kept)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("benchmarks.jar", "build.log");
        }
    }

    private void commit(String message, String file, String content) throws IOException, InterruptedException {
        Files.writeString(tree.resolve(file), content);
        git("add", "-A");
        git(
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "commit.gpgsign=false",
                "commit",
                "-qm",
                message);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        Git.ask(tree, arguments);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Builds a revision in a process of its own. */
    static final class Building {
        private Building() {}

        public static void main(String[] arguments) {
            Revision.find("HEAD", Path.of(arguments[0]), Path.of(arguments[1]))
                    .build(new Terminal(System.out, false, 80));
        }
    }
}
