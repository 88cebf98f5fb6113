package io.fizeau.results.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.artifact.CommandRunner.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCommandRunnerTest {
    @TempDir
    private Path temp;

    @Test
    void shouldTellStatusAndOutputAndKeepBothStreamsInTheLog() throws IOException {
        final List<String> progress = new CopyOnWriteArrayList<>();
        final Path log = temp.resolve("logs/a.log");
        final Ended ended = new ProcessCommandRunner(temp)
                .run(sh("echo out; echo err >&2; pwd; exit 3"), log, Duration.ofMinutes(1), progress::add);
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.output()).isEqualTo("out\n" + temp.toRealPath() + "\n");
        assertThat(Files.readAllLines(log)).contains("out", "err");
        assertThat(progress).contains("out", "err");
    }

    @Test
    void shouldEndWhatTakesTooLongAndWhatThatStarted() throws IOException {
        final Path pid = temp.resolve("pid");
        final Ended ended = new ProcessCommandRunner(temp)
                .run(
                        sh("sleep 600 & echo $! > " + pid + "; wait"),
                        temp.resolve("a.log"),
                        // Time enough for the shell to start what is to be ended.
                        Duration.ofSeconds(3),
                        line -> {});
        assertThat(ended.status()).isEqualTo(Ended.OVERTIME);
        final long child = Long.parseLong(Files.readString(pid).strip());
        // It was told to end; that it is gone is seen here, or a moment later.
        assertThat(ProcessHandle.of(child)
                        .map(process -> process.onExit()
                                .orTimeout(30, TimeUnit.SECONDS)
                                .join()
                                .isAlive())
                        .orElse(false))
                .isFalse();
    }

    private static List<String> sh(final String script) {
        return List.of("sh", "-c", script);
    }
}
