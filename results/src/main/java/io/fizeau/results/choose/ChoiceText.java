package io.fizeau.results.choose;

import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.Figures;
import io.fizeau.results.table.Footnotes;
import io.fizeau.results.table.Grid;
import io.fizeau.results.table.Grid.Column;
import io.fizeau.results.table.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The answer for a person. Stateless. */
final class ChoiceText {
    private static final int MOST_NAMES = 6;
    /** What is longer stands below the table. */
    private static final int LONGEST_REASON = 40;

    private static final int WIDTH = 120;
    private static final double PERCENT = 100;

    private ChoiceText() {}

    static String render(final Choice choice, final boolean isMarkdown) {
        final List<String> lines = new ArrayList<>();
        final String gap = isMarkdown ? "" : "  ";
        lines.add("needs" + gap + "    " + choice.needs().text());
        lines.add("measured" + gap + " " + choice.machine() + "; " + runs(choice.used()));
        lines.add("");
        final Grid grid = new Grid(
                Column.left("transport"),
                Column.left("waits"),
                Column.left("verdict"),
                Column.left("limit"),
                Column.right("measured"),
                Column.leftJoined("range"),
                Column.right("forks"),
                Column.right("room"),
                Column.right("at rate"),
                Column.right("room"),
                Column.left("run, or why not"));
        final Footnotes notes = new Footnotes();
        choice.candidates().forEach(candidate -> grid.add(line(choice.needs(), candidate, notes)));
        lines.addAll(isMarkdown ? grid.markdown() : grid.text());
        lines.add("");
        notes.lines().forEach(note -> lines.addAll(isMarkdown ? List.of(note) : wrapped(note)));
        if (!choice.nextRun().isEmpty()) {
            lines.add("To tell the rest: " + (isMarkdown ? '`' + choice.nextRun() + '`' : choice.nextRun()));
        }
        final String legend =
                "room: what is left of the limit in the worst fork; of the rate, how much more was taken with the limits kept."
                        + " On this kind of machine only.";
        lines.addAll(isMarkdown ? List.of(legend) : Wrapping.wrapped("", legend, WIDTH));
        return String.join("\n", lines) + '\n';
    }

    /** The text of a note stands indented behind its number. */
    private static List<String> wrapped(final String note) {
        final int text = note.indexOf(' ') + 1;
        final List<String> lines = new ArrayList<>();
        for (final String line : Wrapping.wrapped("", note.substring(text), WIDTH - text)) {
            lines.add((lines.isEmpty() ? note.substring(0, text) : " ".repeat(text)) + line);
        }
        return lines;
    }

    private static String runs(final List<String> used) {
        final List<String> last = used.subList(Math.max(0, used.size() - MOST_NAMES), used.size());
        return used.size()
                + (used.size() == 1 ? " run: " : " runs: ")
                + (last.size() < used.size() ? "..., " : "")
                + String.join(", ", last);
    }

    private static List<String> line(final Needs needs, final Candidate candidate, final Footnotes notes) {
        final String run = candidate.evidence().map(Evidence::run).orElse("");
        final int colon = candidate.why().indexOf(": ");
        final boolean isLong = candidate.why().length() > LONGEST_REASON && colon > 0;
        final String said = candidate.why().isEmpty()
                ? run
                : !isLong
                        ? candidate.why()
                        : candidate.why().substring(0, colon)
                                + notes.marks(Stream.of((run.isEmpty() ? "" : run + ": ") + candidate.why()));
        final String marks = notes.marks(candidate.notes().stream());
        final Evidence evidence = candidate.evidence().orElse(null);
        final LimitReading reading =
                candidate.evidence().flatMap(Evidence::tightest).orElse(null);
        return List.of(
                candidate.title(),
                candidate.regime(),
                candidate.verdict().text(),
                reading == null
                        ? ""
                        : reading.limit().point() + " "
                                + Figures.duration(reading.limit().limitNs()),
                reading == null ? "" : value(reading),
                reading == null || reading.isBound() || isBounded(reading) ? "" : range(reading.value()),
                evidence == null ? "" : Integer.toString(evidence.forks()),
                reading == null ? "" : percent(reading.headroom()),
                evidence == null || needs.ratePerSecond().isEmpty()
                        ? ""
                        : Figures.count(evidence.ratePerSecond()) + "/s",
                percent(candidate.rateHeadroom()),
                said + marks);
    }

    /** Where some fork does not tell the percentile, a later one that is no less stands for it. */
    private static String value(final LimitReading reading) {
        if (reading.isBound()) {
            return "lost";
        }
        return isBounded(reading)
                ? "<= " + Figures.duration(reading.worstNs())
                : Figures.duration(reading.value().median());
    }

    private static boolean isBounded(final LimitReading reading) {
        return reading.value().count() < reading.within() + reading.beyond() + reading.unknown();
    }

    private static String range(final Summary value) {
        return Figures.durationRange(value);
    }

    private static String percent(final double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * PERCENT) : "";
    }
}
