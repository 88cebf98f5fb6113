package io.fizeau.results.history;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.table.TableFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A measure over many runs, for each row that has it.
 *
 * @param rows in the order in which they first ran.
 * @param problems what the histories lack: what could not be read or does not belong to the others, one line each.
 * @param notices what else a reader should know of the runs, one line each; nothing is missing for it.
 */
public record Histories(List<History> rows, List<String> problems, List<String> notices) {
    /** Copies the lists. */
    public Histories {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
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
                collector.unreadable(e);
            }
            progress.accept(++count);
        }
        return collector.histories();
    }

    /**
     * {@return them in one of the forms of tables, ending in a line break}
     *
     * @param format text of one row shows its runs, of several a line each; the other forms have all.
     */
    public String render(final TableFormat format) {
        return switch (format) {
            case TEXT -> HistoryText.render(this, false);
            case MARKDOWN -> HistoryText.render(this, true);
            case CSV -> HistoryCsv.render(this);
            case JSON -> HistoryJson.render(this);
        };
    }
}
