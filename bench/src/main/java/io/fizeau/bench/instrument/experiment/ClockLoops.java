package io.fizeau.bench.instrument.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tight loops of nothing but readings of the clock. Stateless. */
final class ClockLoops {
    private static final int BATCHES = 200;
    private static final int READS = 20_000;
    private static final String SOURCE = "clock_cost.c";
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final String ANSWER = "cost=";
    private static final long TIMEOUT_S = 20;

    private ClockLoops() {}

    /**
     * What the loop in C says.
     *
     * @param costNs nanoseconds a reading.
     * @param trouble why there is no such number, or empty.
     */
    record Compiled(double costNs, String trouble) {}

    /** Nanoseconds a {@link System#nanoTime()}: the least of the batches. Takes about a tenth of a second. */
    static double inJava() {
        double leastNs = Double.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            leastNs = Math.min(leastNs, batchNs());
        }
        return leastNs;
    }

    /** The same in C, compiled here and now. Takes about a second. */
    static Compiled inC() {
        try {
            final Path directory = Files.createTempDirectory("fizeau-clock");
            final Path source = directory.resolve(SOURCE);
            final Path program = directory.resolve("clock_cost");
            try (InputStream in = ClockLoops.class.getResourceAsStream(SOURCE)) {
                if (in == null) {
                    return new Compiled(Double.NaN, SOURCE + " is not in the jar");
                }
                Files.copy(in, source);
                return compileAndRun(source, program);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(program);
                Files.deleteIfExists(directory);
            }
        } catch (final IOException e) {
            return new Compiled(Double.NaN, "the loop in C does not run here: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Compiled(Double.NaN, "interrupted");
        }
    }

    private static double batchNs() {
        long sum = 0;
        final long startNs = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            sum += System.nanoTime();
        }
        final long endNs = System.nanoTime();
        // The sum is used, so that no reading can be left out.
        return sum == 0 ? Double.NaN : (double) (endNs - startNs) / READS;
    }

    private static Compiled compileAndRun(final Path source, final Path program)
            throws IOException, InterruptedException {
        for (final String compiler : COMPILERS) {
            if (isCompiled(compiler, source, program)) {
                final String answer = output(new ProcessBuilder(program.toString()));
                return answer.startsWith(ANSWER)
                        ? new Compiled(
                                Double.parseDouble(
                                        answer.substring(ANSWER.length()).strip()),
                                "")
                        : new Compiled(Double.NaN, "the loop in C says: " + answer);
            }
        }
        return new Compiled(Double.NaN, "no C compiler (" + String.join(", ", COMPILERS) + ") that works was found");
    }

    private static boolean isCompiled(final String compiler, final Path source, final Path program)
            throws IOException, InterruptedException {
        try {
            output(new ProcessBuilder(compiler, "-std=c99", "-O2", "-o", program.toString(), source.toString()));
        } catch (final IOException e) {
            // There is no such compiler: the next one.
            return false;
        }
        return Files.isExecutable(program);
    }

    private static String output(final ProcessBuilder command) throws IOException, InterruptedException {
        final Process process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return text;
    }
}
