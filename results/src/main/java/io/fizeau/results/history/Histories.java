package io.fizeau.results.history;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A measure over many runs, for each row that has it.
 *
 * @param rows in the order in which they first ran.
 * @param problems what could not be read or does not belong to the others, one line each.
 */
public record Histories(List<History> rows, List<String> problems) {
    /** Copies the lists. */
    public Histories {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * {@return the histories of the rows of these runs}
     *
     * @param runs in any order; the one that is there twice counts once.
     * @param options which rows and what of them.
     */
    public static Histories of(final List<Run> runs, final HistoryOptions options) {
        final HistoryCollector collector = new HistoryCollector(options);
        runs.forEach(collector::add);
        return collector.histories();
    }

    /**
     * {@return the same, one run in memory at a time} What cannot be read is a problem and no end.
     *
     * @param locations run folders or JMH JSON files.
     * @param options which rows and what of them.
     * @param progress is told how many are read.
     */
    public static Histories read(final List<Path> locations, final HistoryOptions options, final IntConsumer progress) {
        final HistoryCollector collector = new HistoryCollector(options);
        int count = 0;
        for (final Path location : locations) {
            try {
                collector.add(RunReader.read(location));
            } catch (final ResultsException e) {
                collector.problem(String.valueOf(e.getMessage()));
            }
            progress.accept(++count);
        }
        return collector.histories();
    }
}
