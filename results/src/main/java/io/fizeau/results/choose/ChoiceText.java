package io.fizeau.results.choose;

import io.fizeau.results.stats.Summary;
import io.fizeau.results.table.Figures;
import io.fizeau.results.table.Grid;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The answer for a person. Stateless. */
final class ChoiceText {
    private static final int MOST_NAMES = 6;
    /** What is longer stands below the table. */
    private static final int LONGEST_REASON = 40;

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
        final List<String> notes = new ArrayList<>();
        choice.candidates().forEach(candidate -> grid.add(line(choice.needs(), candidate, notes)));
        lines.addAll(isMarkdown ? grid.markdown() : grid.text());
        lines.add("");
        for (int i = 0; i < notes.size(); i++) {
            lines.add("[" + (i + 1) + "] " + notes.get(i));
        }
        if (!choice.nextRun().isEmpty()) {
            lines.add("To tell the rest: " + (isMarkdown ? '`' + choice.nextRun() + '`' : choice.nextRun()));
        }
        lines.add(
                "room: what is left of the limit in the worst fork; of the rate, how much more was taken with the limits kept."
                        + " On this kind of machine only.");
        return String.join("\n", lines) + '\n';
    }

    private static String runs(final List<String> used) {
        final List<String> last = used.subList(Math.max(0, used.size() - MOST_NAMES), used.size());
        return used.size()
                + (used.size() == 1 ? " run: " : " runs: ")
                + (last.size() < used.size() ? "..., " : "")
                + String.join(", ", last);
    }

    private static List<String> line(final Needs needs, final Candidate candidate, final List<String> notes) {
        final String run = candidate.evidence().map(Evidence::run).orElse("");
        final int colon = candidate.why().indexOf(": ");
        final boolean isLong = candidate.why().length() > LONGEST_REASON && colon > 0;
        final String said = candidate.why().isEmpty()
                ? run
                : !isLong
                        ? candidate.why()
                        : candidate.why().substring(0, colon)
                                + mark(notes, (run.isEmpty() ? "" : run + ": ") + candidate.why());
        final String marks =
                candidate.notes().stream().map(note -> mark(notes, note)).collect(Collectors.joining());
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
                reading == null ? "" : range(reading.value()),
                evidence == null ? "" : Integer.toString(evidence.forks()),
                reading == null ? "" : percent(reading.headroom()),
                evidence == null || needs.ratePerSecond().isEmpty()
                        ? ""
                        : Figures.count(evidence.ratePerSecond()) + "/s",
                percent(candidate.rateHeadroom()),
                said + marks);
    }

    /** A footnote, the same one for what is said twice. */
    private static String mark(final List<String> notes, final String note) {
        int index = notes.indexOf(note);
        if (index < 0) {
            notes.add(note);
            index = notes.size() - 1;
        }
        return " [" + (index + 1) + ']';
    }

    private static String value(final LimitReading reading) {
        return (reading.isBound() ? ">= " : "")
                + Figures.duration(reading.value().median());
    }

    private static String range(final Summary value) {
        return Figures.durationRange(value);
    }

    private static String percent(final double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * PERCENT) : "";
    }
}
