package io.fizeau.results.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long does a user wait for an answer? Makes up a pair of runs and times {@code compare}, {@code report} and {@code show} as whole
 * processes, with the start of Java, started as {@code ./fizeau} starts them. docs/comparing.md has the command.
 */
public final class AnswerBenchmark {
    private static final int REPEATS = 5;

    private AnswerBenchmark() {}

    /**
     * Measures, prints, and removes what it made.
     *
     * @param args rows of a run and forks of a row; {@code target/results.jar} must have been built.
     */
    public static void main(final String[] args) throws Exception {
        final Path folder = Files.createTempDirectory("fizeau-answer-benchmark");
        try {
            new RunGenerator(1)
                    .rows(Integer.parseInt(args[0]))
                    .forks(Integer.parseInt(args[1]))
                    .ratio(1.05)
                    .writePair(folder);
            final List<String> sides;
            try (Stream<Path> inside = Files.list(folder)) {
                sides = inside.map(Path::toString).sorted().toList();
            }
            final Path page = folder.resolve("page.html");
            time("show", List.of("show", sides.get(0)));
            time("compare", List.of("compare", sides.get(0), sides.get(1)));
            time("report of a run", List.of("report", sides.get(0), "--out", page.toString()));
            System.out.println("  " + Files.size(page) / 1000 + " kB");
            time("report of a comparison", List.of("report", sides.get(0), sides.get(1), "--out", page.toString()));
            System.out.println("  " + Files.size(page) / 1000 + " kB");
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void time(final String name, final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "results.jar").toString()));
        command.addAll(arguments);
        final double[] seconds = new double[REPEATS];
        int status = 0;
        for (int i = 0; i < REPEATS; i++) {
            final long startNs = System.nanoTime();
            status = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            seconds[i] = (System.nanoTime() - startNs) / 1e9;
        }
        Arrays.sort(seconds);
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %.2f s (%.2f to %.2f), status %d",
                name,
                seconds[REPEATS / 2],
                seconds[0],
                seconds[REPEATS - 1],
                status));
    }
}
