package io.fizeau.results.table.comparison;

import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.table.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** A comparison for a terminal of {@value #WIDTH} columns: verdicts, a summary, what differs, a legend. */
final class ComparisonText {
    private static final int WIDTH = 120;

    private ComparisonText() {}

    static String render(final RunComparison comparison, final int most) {
        final ComparisonSheet sheet = new ComparisonSheet(comparison, most, WIDTH);
        final List<String> out = new ArrayList<>(Wrapping.wrapped("", sheet.title(), WIDTH));
        if (!sheet.shared().isEmpty()) {
            out.addAll(Wrapping.wrapped("all rows", sheet.shared(), WIDTH));
        }
        out.add("");
        out.addAll(sheet.grid().text());
        out.add("");
        sheet.notes().forEach(note -> out.addAll(Wrapping.wrapped("", note, WIDTH)));
        named(out, "one side", sheet.onOneSide());
        named(out, "summary", sheet.summary());
        named(out, "problems", comparison.problems());
        named(out, "differs", sheet.differences());
        named(out, "legend", sheet.legend());
        return String.join("\n", out) + '\n';
    }

    static String renderMarkdown(final RunComparison comparison) {
        final ComparisonSheet sheet = new ComparisonSheet(comparison, Integer.MAX_VALUE, Integer.MAX_VALUE);
        final List<String> out = new ArrayList<>();
        out.add("**" + sheet.title() + "**");
        out.add("");
        if (!sheet.shared().isEmpty()) {
            out.add("All rows: " + sheet.shared());
            out.add("");
        }
        out.addAll(sheet.grid().markdown());
        out.add("");
        sheet.notes().forEach(note -> out.add("- " + note));
        sheet.onOneSide().forEach(line -> out.add("- " + line));
        sheet.summary().forEach(line -> out.add("- " + line));
        comparison.problems().forEach(problem -> out.add("- problem: " + problem));
        sheet.differences().forEach(difference -> out.add("- differs: " + difference));
        sheet.legend().forEach(line -> out.add("- " + line));
        return String.join("\n", out) + '\n';
    }

    /** The name stands before the first line only. */
    private static void named(final List<String> out, final String name, final List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            out.addAll(Wrapping.wrapped(i == 0 ? name : " ", lines.get(i), WIDTH));
        }
    }
}
