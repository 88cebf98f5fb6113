package io.fizeau.results.table.comparison;

import io.fizeau.results.aa.AaLine;
import io.fizeau.results.aa.AaRate;
import io.fizeau.results.aa.AaReport;
import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.stats.Proportion;
import io.fizeau.results.stats.RoundsNeeded;
import io.fizeau.results.table.Figures;
import io.fizeau.results.table.Grid;
import io.fizeau.results.table.Grid.Column;
import io.fizeau.results.table.Wrapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the text and the Markdown of a machine beside itself say. One thread. */
final class AaSheet {
    private static final int WIDTH = 120;

    private final AaReport report;
    private final RowNames names;

    private AaSheet(final AaReport report) {
        this.report = report;
        names = new RowNames(report.lines().stream().map(AaLine::row).distinct().toList());
    }

    static String text(final AaReport report, final int most) {
        final AaSheet sheet = new AaSheet(report);
        final List<String> out = new ArrayList<>(Wrapping.wrapped("", sheet.title(), WIDTH));
        if (!sheet.names.shared().isEmpty()) {
            out.addAll(Wrapping.wrapped("all rows", sheet.names.shared(), WIDTH));
        }
        out.add("");
        out.addAll(sheet.rates().text());
        out.add("");
        out.addAll(sheet.lines(most).text());
        out.add("");
        if (report.lines().size() > most) {
            out.add("not shown: " + (report.lines().size() - most) + " lines that see more; --all shows them");
        }
        sheet.answers().forEach(answer -> out.addAll(Wrapping.wrapped("answer", answer, WIDTH)));
        report.notes().forEach(note -> out.addAll(Wrapping.wrapped("note", note, WIDTH)));
        report.comparison().problems().forEach(problem -> out.addAll(Wrapping.wrapped("problem", problem, WIDTH)));
        sheet.legend().forEach(line -> out.addAll(Wrapping.wrapped("legend", line, WIDTH)));
        return String.join("\n", out) + '\n';
    }

    static String markdown(final AaReport report) {
        final AaSheet sheet = new AaSheet(report);
        final List<String> out = new ArrayList<>(List.of("**" + sheet.title() + "**", ""));
        out.addAll(sheet.rates().markdown());
        out.add("");
        out.addAll(sheet.lines(Integer.MAX_VALUE).markdown());
        out.add("");
        sheet.answers().forEach(answer -> out.add("- " + answer));
        report.notes().forEach(note -> out.add("- " + note));
        sheet.legend().forEach(line -> out.add("- " + line));
        return String.join("\n", out) + '\n';
    }

    private String title() {
        return "aa: " + report.comparison().base().label() + " beside "
                + report.comparison().candidate().label() + ", " + report.rounds() + " rounds in turn"
                + (report.isSameBuild()
                        ? ""
                        : "; their builds DIFFER, so that what is called different may be different");
    }

    private Grid rates() {
        final Grid grid = new Grid(
                Column.left("called different (p < 0.05)"),
                Column.right("rows"),
                Column.right("paired"),
                Column.leftJoined("95 %"),
                Column.right("relabelled"),
                Column.leftJoined("95 %"),
                Column.right("two runs"),
                Column.leftJoined("95 %"));
        for (final AaRate rate : report.rates()) {
            grid.add(List.of(
                    rate.measure(),
                    "" + rate.rows(),
                    counted(rate.paired()),
                    interval(rate.paired()),
                    share(rate.relabelled()),
                    share(rate.relabelledLow()) + " to " + share(rate.relabelledHigh()),
                    counted(rate.separate()),
                    interval(rate.separate())));
        }
        return grid;
    }

    private static String counted(final Proportion proportion) {
        return proportion.trials() == 0
                ? "too few rounds"
                : proportion.hits() + " of " + proportion.trials() + ", " + share(proportion.share());
    }

    private static String interval(final Proportion proportion) {
        return proportion.trials() == 0 ? "" : share(proportion.low()) + " to " + share(proportion.high());
    }

    private static String share(final double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : Figures.NONE;
    }

    /** Those that see least come first. */
    private Grid lines(final int most) {
        final List<Column> columns = new ArrayList<>(List.of(
                Column.left("could see with so many forks a side"),
                Column.left("measure"),
                Column.right("rounds"),
                Column.right("ratio"),
                Column.leftJoined("95 %"),
                Column.right("spread")));
        AaLine.FORKS.forEach(forks -> columns.add(Column.right(forks + " forks")));
        final Grid grid = new Grid(columns.toArray(Column[]::new));
        report.lines().stream()
                .sorted(Comparator.comparingDouble((AaLine line) -> line.ratio().sdLog())
                        .reversed())
                .limit(most)
                .forEach(line -> {
                    final List<String> cells = new ArrayList<>(List.of(
                            names.of(line.row()),
                            line.measure().name(),
                            "" + line.ratio().pairs(),
                            Figures.significant(line.ratio().ratio()),
                            Figures.interval(
                                    line.ratio().low(),
                                    line.ratio().high(),
                                    line.ratio().ratio()),
                            Figures.percent(line.ratio().sdLog())));
                    AaLine.FORKS.forEach(forks -> cells.add(Figures.percent(line.detectable(forks))));
                    grid.add(cells);
                });
        return grid;
    }

    private List<String> answers() {
        final List<String> answers = new ArrayList<>();
        final AaRate first = report.rates().get(0);
        answers.add(
                first.paired().trials() == 0
                        ? "how often it calls a difference that is not there cannot be said from " + report.rounds()
                                + " rounds: a comparison takes " + ComparisonVerdict.MIN_FORKS
                        : "of " + first.paired().trials() + " comparisons of " + first.measure()
                                + " this machine called "
                                + first.paired().hits() + " different where nothing differs: "
                                + share(first.paired().share()) + ", with 95 % confidence "
                                + interval(first.paired()) + "; the test promises 5 %"
                                + (first.paired().high() - first.paired().low() > 0.2
                                        ? ". So few comparisons leave much open: more rounds, or more rows, would say more"
                                        : ""));
        final long called = report.comparison().count(ComparisonVerdict.REGRESSED)
                + report.comparison().count(ComparisonVerdict.IMPROVED);
        answers.add("fizeau compare, with its correction over "
                + report.comparison().family()
                + " lines, would have called " + called + " of them REGRESSED or IMPROVED and "
                + report.comparison().count(ComparisonVerdict.EQUIVALENT) + " EQUIVALENT within "
                + Figures.percent(report.comparison().threshold()));
        return answers;
    }

    private List<String> legend() {
        return List.of(
                "paired: comparisons of at least " + ComparisonVerdict.MIN_FORKS
                        + " rounds each, none used twice. relabelled: the sides of the rounds swapped at random, which leaves out what"
                        + " changes with time. two runs: earlier rounds of the base against later ones, unpaired, as two runs one"
                        + " after the other; rows share the machine, so that its interval is the narrowest that it can be.",
                "spread: sd of the log ratios of the rounds; forks: the smallest difference that so many find with power 80 % at"
                        + " p < 0.05. With 80 % confidence the true one is at most "
                        + Figures.significant(RoundsNeeded.upperBound(1, report.rounds()))
                        + " times as large, the spread being known from " + report.rounds() + " rounds only.");
    }
}
