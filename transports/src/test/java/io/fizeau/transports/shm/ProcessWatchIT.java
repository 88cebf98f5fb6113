package io.fizeau.transports.shm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that live, that are stopped, that are dead, and that are dead and not asked about. */
@Timeout(60)
class ProcessWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldReadALineWhoseNameLooksLikeOne() throws IOException {
        final byte[] line =
                "17 (a) R 1 1) Z 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 987654321 23".getBytes(US_ASCII);
        assertThat(ProcessStat.state(line, line.length)).isEqualTo('Z');
        assertThat(ProcessStat.startTicks(line, line.length)).isEqualTo(987_654_321L);
    }

    @Test
    void shouldFindThisProcessAlive() throws IOException {
        final ProcessIdentity self = ProcessIdentity.self();
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(ProcessWatch.isAlive(self, self)).isTrue();
    }

    @Test
    void shouldNotTakeAnotherProcessOfTheSameNumberForIt() throws IOException {
        final ProcessIdentity self = ProcessIdentity.self();
        final ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.startTicks() - 1, self.namespace());
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> ProcessWatch.open(earlier));
    }

    @Test
    void shouldFindAStoppedProcessAliveAndAKilledOneDead() throws Exception {
        final Process process = new ProcessBuilder("sleep", "100").start();
        final ProcessWatch watch = ProcessWatch.open(identity(process.pid()));
        try {
            signal("-STOP", process.pid());
            assertThat(watch.isAlive()).isTrue();
            process.destroyForcibly();
            await().atMost(PATIENCE).until(() -> !watch.isAlive());
        } finally {
            process.destroyForcibly();
            watch.close();
        }
    }

    @Test
    void shouldFindAKilledProcessDeadAlthoughItsParentDoesNotAsk() throws Exception {
        // The shell becomes a program that never asks about the children that it does not know of.
        final Process parent = new ProcessBuilder("sh", "-c", "sleep 100 & echo $!; exec sleep 100").start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(parent.getInputStream(), US_ASCII))) {
            final long child = Long.parseLong(out.readLine());
            final ProcessWatch watch = ProcessWatch.open(identity(child));
            signal("-KILL", child);
            await().atMost(PATIENCE).until(() -> !watch.isAlive());
            assertThat(Files.exists(ProcessIdentity.statFile(child)))
                    .as("it still has its number")
                    .isTrue();
            watch.close();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static ProcessIdentity identity(final long pid) throws IOException {
        final byte[] stat = Files.readAllBytes(ProcessIdentity.statFile(pid));
        return new ProcessIdentity(
                pid,
                ProcessStat.startTicks(stat, stat.length),
                ProcessIdentity.self().namespace());
    }

    private static void signal(final String signal, final long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
