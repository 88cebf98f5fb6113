package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, with this test's class path. */
final class FizeauProcess implements AutoCloseable {
    private static final long MOST_S = 240;

    private final Process process;
    private final Path out;
    private final Path err;

    private FizeauProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static FizeauProcess start(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                // Another JMH may run on this machine.
                "-Djmh.ignoreLock=true",
                "-Dfizeau.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                FizeauCommand.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new FizeauProcess(process, out, err);
    }

    /** Waits for the end and gives the exit status. What it runs takes seconds, and minutes on a busy machine. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(MOST_S, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + MOST_S + " s:\n" + out() + err());
        }
        return process.exitValue();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Fails if one of them stays. Those whose parent has ended are there until somebody else asks how they ended. */
    static void assertGone(List<ProcessHandle> processes) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
