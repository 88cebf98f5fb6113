package io.fizeau.bench.against;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.kit.BuildStatement;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.error.TransportException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks another build about itself, in a process that has its classes and, behind them, {@link BuildStatement} of this build. Used by one
 * thread.
 */
final class BuildQuestion {
    private static final long POLL_MS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String asked;
    private final String classPath;

    /**
     * Creates it.
     *
     * @param asked what the user calls the build.
     * @param classPath its class path.
     */
    BuildQuestion(final String asked, final String classPath) {
        this.asked = asked;
        this.classPath = classPath;
    }

    /**
     * Asks.
     *
     * @param timeoutS how long it may take.
     * @param onTest is given the name of each test that ends, where the question makes tests run.
     * @param question as {@link BuildStatement#main} takes it.
     * @return the answer's fields.
     * @throws TransportException if there is none; the message says what the other build said instead.
     */
    Map<String, Object> ask(final long timeoutS, final Consumer<String> onTest, final List<String> question) {
        try (TemporaryTree tree = new TemporaryTree(Files.createTempDirectory("fizeau-question"))) {
            final Path errors = tree.root().resolve("errors.txt");
            copyStatement(tree.root());
            // Through a file, so that nothing that the other build started can hold this thread in a read.
            final Path output = Files.createFile(tree.root().resolve("output.txt"));
            final Process process = tree.start(new ProcessBuilder(command(tree.root(), question))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile()));
            final String answer = read(process, output, timeoutS, onTest);
            if (answer.isEmpty()) {
                throw OtherBuild.refuse(
                        asked,
                        "does not go with this build (asked for its " + question.get(0) + " it "
                                + saidInstead(errors)
                                + "): measure each with its own tree, and compare several sessions of both",
                        null);
            }
            return JSON.readValue(answer, new TypeReference<Map<String, Object>>() {});
        } catch (final IOException e) {
            throw OtherBuild.refuse(asked, "cannot be asked: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(TransportException.NextStep.STOP, "interrupted", e);
        }
    }

    private List<String> command(final Path directory, final List<String> question) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(BenchmarkJvm.ADD_OPENS, BenchmarkJvm.NATIVE_ACCESS, "-cp"));
        command.add(classPath + File.pathSeparatorChar + directory);
        command.add(BuildStatement.class.getName());
        command.addAll(question);
        return command;
    }

    /** Until the process ends, or has taken too long. */
    private static String read(
            final Process process, final Path output, final long timeoutS, final Consumer<String> onTest)
            throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutS);
        String answer = "";
        String rest = "";
        try (InputStream written = Files.newInputStream(output)) {
            for (boolean goesOn = true; goesOn; ) {
                goesOn = !process.waitFor(POLL_MS, TimeUnit.MILLISECONDS) && System.nanoTime() - deadlineNs < 0;
                // Of single bytes, so that a character that is written in two parts stays whole.
                rest += new String(written.readAllBytes(), StandardCharsets.ISO_8859_1);
                final int end = rest.lastIndexOf('\n') + 1;
                for (final String line : text(rest.substring(0, end)).lines().toList()) {
                    if (line.startsWith(BuildStatement.ANSWER)) {
                        answer = line.substring(BuildStatement.ANSWER.length());
                    } else if (line.startsWith(BuildStatement.TEST)) {
                        onTest.accept(line.substring(BuildStatement.TEST.length()));
                    }
                }
                rest = rest.substring(end);
            }
        }
        return answer;
    }

    private static String text(final String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Alone, so that nothing else of this build gets onto the other one's class path. */
    private static void copyStatement(final Path directory) throws IOException {
        final String name = BuildStatement.class.getName().replace('.', '/') + ".class";
        final Path copy = directory.resolve(name);
        Files.createDirectories(copy.getParent());
        try (InputStream in = BuildStatement.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing in this build");
            }
            Files.copy(in, copy);
        }
    }

    private static String saidInstead(final Path errors) throws IOException {
        return Files.readAllLines(errors, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING"))
                .findFirst()
                .map(line -> "said: "
                        + line.replaceFirst("^Exception in thread \"\\w+\" (java\\.lang\\.)?", "")
                                .strip())
                .orElse("gave no answer");
    }
}
