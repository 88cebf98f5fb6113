package io.fizeau.results.store;

import io.fizeau.results.generate.RunGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long does it take to gather many runs, and to ask them all? Makes up runs, exports them, exports again with nothing new and with one
 * run more, and asks for a regression table. Each step but the first is a process of its own, which tells its peak memory. docs/store.md
 * has the command.
 */
public final class StoreBenchmark {
    /** Each run's p99 beside the median of the twenty before it. */
    static final String REGRESSIONS = """
            WITH of_run AS (
              SELECT started_at, run, benchmark, transport, message_bytes, exp(avg(ln(value))) AS p99_ns
              FROM forks JOIN runs USING (run, month)
              WHERE metric = 'p99' AND valid
              GROUP BY ALL
            ), beside AS (
              SELECT *, median(p99_ns) OVER (
                PARTITION BY benchmark, transport, message_bytes
                ORDER BY started_at ROWS BETWEEN 20 PRECEDING AND 1 PRECEDING) AS before_ns
              FROM of_run
            )
            SELECT run, transport, message_bytes, p99_ns, before_ns, p99_ns / before_ns AS ratio
            FROM beside
            WHERE ratio > 1.05
            ORDER BY ratio DESC
            """;

    private static final Progress PROGRESS = new Progress(line -> System.out.println("  " + line), System::nanoTime);

    private StoreBenchmark() {}

    /**
     * Measures, prints, and removes what it made.
     *
     * @param args how many runs, rows of a run, forks of a row and values of a histogram; or a step and a folder.
     */
    public static void main(final String[] args) throws Exception {
        if (args.length == 2) {
            step(args[0], Path.of(args[1]));
            say(
                    "  CPU %.2f s",
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElseThrow()
                                    .toMillis()
                            / 1e3);
            return;
        }
        final int[] sizes = Stream.of(args).mapToInt(Integer::parseInt).toArray();
        final Path folder = Files.createTempDirectory("fizeau-store-benchmark");
        try {
            final long startNs = System.nanoTime();
            IntStream.range(0, sizes[0]).forEach(i -> generate(folder.resolve("runs"), i, sizes));
            say(
                    "%d runs of %d rows, %d forks, %d values made up in %.0f s",
                    sizes[0], sizes[1], sizes[2], sizes[3], seconds(startNs));
            process("export", folder);
            process("export", folder);
            generate(folder.resolve("runs"), sizes[0], sizes);
            process("export", folder);
            process("query", folder);
        } finally {
            remove(folder);
        }
    }

    private static void generate(final Path runs, final int index, final int[] sizes) {
        final Instant start = Instant.parse("2025-01-01T00:00:00Z").plus(Duration.ofHours(index));
        final String name = start.toString().replaceAll("[-:]", "") + "-run";
        new RunGenerator(index)
                .rows(sizes[1])
                .forks(sizes[2])
                .buckets(sizes[3])
                .start(start)
                .write(runs.resolve(name));
    }

    private static void process(final String step, final Path folder) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                classPath(),
                StoreBenchmark.class.getName(),
                step,
                folder.toString()));
        final long startNs = System.nanoTime();
        final int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        say("  %s: the process took %.2f s, status %d", step, seconds(startNs), status);
    }

    /** As it is in use: DuckDB in the jar of the results, and its native code beside that. */
    private static String classPath() {
        final Path jar = Path.of("target", "results.jar");
        final List<String> entries =
                new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        if (Files.exists(jar)) {
            entries.removeIf(entry -> entry.contains("duckdb_jdbc"));
            entries.add(jar.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void step(final String step, final Path folder) throws IOException {
        if (step.equals("export")) {
            export(folder);
        } else {
            query(folder.resolve("store"));
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(line -> line.startsWith("VmHWM")).forEach(line -> say("  peak memory %s", line));
        }
    }

    private static void export(final Path folder) throws IOException {
        final List<Path> runs;
        try (Stream<Path> inside = Files.list(folder.resolve("runs"))) {
            runs = inside.sorted().toList();
        }
        final long startNs = System.nanoTime();
        final ExportReport report = ParquetStore.update(runs, folder.resolve("store"), false, PROGRESS);
        final double taken = seconds(startNs);
        say(
                "export: %d read, %d unchanged, %.2f s with the start of DuckDB: %.2f ms a run read",
                report.read(), report.unchanged(), taken, report.read() == 0 ? 0 : taken * 1e3 / report.read());
    }

    private static void query(final Path store) {
        for (int i = 0; i < 5; i++) {
            final AtomicLong lines = new AtomicLong();
            final long startNs = System.nanoTime();
            StoreQuery.ask(store, REGRESSIONS, new StoreQuery.Answer() {
                @Override
                public void columns(final List<String> columns) {}

                @Override
                public void line(final List<Object> values) {
                    lines.incrementAndGet();
                }
            });
            say("regression table: %d lines in %.3f s with the start of DuckDB", lines.get(), seconds(startNs));
        }
        final List<List<Object>> counts = new ArrayList<>();
        StoreQuery.ask(
                store,
                "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM forks), (SELECT count(*) FROM percentiles)",
                ParquetStoreIT.answer(counts));
        say("runs, lines of forks, lines of percentiles: %s", counts.get(0));
    }

    private static double seconds(final long startNs) {
        return (System.nanoTime() - startNs) / 1e9;
    }

    private static void say(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void remove(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
