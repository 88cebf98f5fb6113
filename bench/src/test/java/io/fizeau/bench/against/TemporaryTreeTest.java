package io.fizeau.bench.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryTreeTest {
    @TempDir
    Path directory;

    @Test
    void shouldWaitForWhatStillWritesWhileItEnds() throws IOException {
        Path root = Files.createDirectory(directory.resolve("tree"));
        TemporaryTree tree = new TemporaryTree(root);
        Process process = tree.start(new ProcessBuilder(
                        "sh",
                        "-c",
                        "trap 'sleep 0.5; mkdir -p late; touch late/file; exit 1' TERM; touch ready;"
                                + " while :; do sleep 0.1; done")
                .directory(root.toFile()));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("ready")));

        tree.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(root).doesNotExist();
        assertThatThrownBy(() -> tree.start(new ProcessBuilder("true"))).isInstanceOf(IOException.class);
    }
}
