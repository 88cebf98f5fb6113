package io.fizeau.results.table.comparison;

import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.compare.Design;
import io.fizeau.results.compare.ManifestDifference;
import io.fizeau.results.compare.RunComparison;
import io.fizeau.results.compare.Side;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.RatioEstimate;
import io.fizeau.results.table.Figures;
import io.fizeau.results.table.Footnotes;
import io.fizeau.results.table.Grid;
import io.fizeau.results.table.Grid.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the text and the Markdown of a comparison say, before it is laid out. One thread. */
final class ComparisonSheet {
    private static final int MOST_DIFFERENCES = 8;
    private static final int MOST_OF_A_VALUE = 34;
    private static final int MOST_NAMES = 12;
    private static final double LEAST_P = 0.001;

    private final RunComparison comparison;
    private final LineChoice choice;
    private final RowNames names;
    private final List<RowKey> onOneSide;
    private final Footnotes footnotes = new Footnotes();
    private final Grid grid;

    /**
     * @param most how many lines the table has at most.
     * @param width how many columns; where they do not do, each row's name stands above its lines.
     */
    ComparisonSheet(final RunComparison comparison, final int most, final int width) {
        this.comparison = comparison;
        names = new RowNames(
                comparison.lines().stream().map(ComparedLine::row).distinct().toList());
        final Map<RowKey, List<ComparedLine>> byRow = comparison.lines().stream()
                .collect(Collectors.groupingBy(ComparedLine::row, LinkedHashMap::new, Collectors.toList()));
        onOneSide = byRow.entrySet().stream()
                .filter(row ->
                        row.getValue().stream().allMatch(line -> line.verdict() == ComparisonVerdict.ONE_SIDE_ONLY))
                .map(Map.Entry::getKey)
                .toList();
        final Set<RowKey> omitted = Set.copyOf(onOneSide);
        final List<ComparedLine> lines = comparison.lines().stream()
                .filter(line -> !omitted.contains(line.row()))
                .toList();
        final LineChoice wide = LineChoice.of(lines, most);
        final Grid inOneLine = inOneLine(wide);
        final boolean fits = inOneLine.text().stream().allMatch(line -> line.length() <= width);
        choice = fits ? wide : LineChoice.of(lines, most == Integer.MAX_VALUE ? most : most * 2 / 3);
        grid = fits ? inOneLine : underTheirRows(choice);
    }

    private Grid inOneLine(final LineChoice shown) {
        final Grid table = new Grid(
                Stream.concat(Stream.of(Column.left("row")), columns("measure")).toArray(Column[]::new));
        shown.shown().forEach(line -> {
            final List<String> cells = new ArrayList<>(List.of(names.of(line.row())));
            cells.addAll(cells(line, ""));
            table.add(cells);
        });
        return table;
    }

    /** A row stands where its worst line does. */
    private Grid underTheirRows(final LineChoice shown) {
        final Grid table = new Grid(columns("row, measure").toArray(Column[]::new));
        shown.shown().stream()
                .collect(Collectors.groupingBy(ComparedLine::row, LinkedHashMap::new, Collectors.toList()))
                .forEach((row, lines) -> {
                    table.addHeading(names.of(row));
                    lines.forEach(line -> table.add(cells(line, "  ")));
                });
        return table;
    }

    private static Stream<Column> columns(final String first) {
        return Stream.of(
                Column.left(first),
                Column.right("base"),
                Column.right("candidate"),
                Column.right("ratio"),
                Column.leftJoined("95 %"),
                Column.right("p Holm"),
                Column.right("rank p"),
                Column.right("delta"),
                Column.right("detects"),
                Column.left("verdict"));
    }

    Grid grid() {
        return grid;
    }

    /** The rows that only one side has. */
    List<String> onOneSide() {
        final Set<RowKey> inBase = comparison.lines().stream()
                .filter(line -> line.base().isPresent())
                .map(ComparedLine::row)
                .collect(Collectors.toSet());
        final List<String> lines = new ArrayList<>();
        for (final boolean isBase : new boolean[] {true, false}) {
            final List<String> only = onOneSide.stream()
                    .filter(row -> inBase.contains(row) == isBase)
                    .map(names::of)
                    .toList();
            if (!only.isEmpty()) {
                lines.add("only in the " + (isBase ? "base" : "candidate") + ": "
                        + only.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (only.size() > MOST_NAMES ? " and " + (only.size() - MOST_NAMES) + " more" : ""));
            }
        }
        return lines;
    }

    String title() {
        return "compare: " + described(comparison.base()) + " (base) with " + described(comparison.candidate())
                + " (candidate), " + design();
    }

    private static String described(final Side side) {
        return side.label()
                + (side.sessions().size() > 1 ? " and " + (side.sessions().size() - 1) + " more" : "");
    }

    private String design() {
        return switch (comparison.design()) {
            case PAIRED -> "interleaved, paired by round";
            case SESSIONS ->
                comparison.base().sessions().size() + " and "
                        + comparison.candidate().sessions().size() + " sessions, the session is the sample";
            case SESSION_CONFOUNDED -> "measured at different times";
        };
    }

    String shared() {
        return names.shared();
    }

    private List<String> cells(final ComparedLine line, final String indent) {
        final RatioEstimate ratio = line.ratio();
        return List.of(
                indent + line.measure().name(),
                value(line, line.base().median()),
                value(line, line.candidate().median()),
                Figures.significant(ratio.ratio()),
                Double.isNaN(ratio.low()) ? "" : Figures.interval(ratio.low(), ratio.high(), ratio.ratio()),
                pValue(line.holmP()),
                pValue(line.rankP()),
                Double.isNaN(line.cliffsDelta())
                        ? Figures.NONE
                        : String.format(Locale.ROOT, "%.2f", line.cliffsDelta()).replace("-0.00", "0.00"),
                Figures.percent(line.detectable()),
                line.verdict().label() + footnotes.marks(line.reasons().stream()));
    }

    private static String value(final ComparedLine line, final double value) {
        if (!Double.isFinite(value)) {
            return Figures.NONE;
        }
        return switch (line.measure().unit()) {
            case "ns" -> Figures.duration(value);
            case "1/s" -> Figures.count(value) + "/s";
            case "B/op" -> Figures.bytesPerOp(value) + " B";
            default -> Figures.significant(value);
        };
    }

    private static String pValue(final double p) {
        if (Double.isNaN(p)) {
            return Figures.NONE;
        }
        return p < LEAST_P ? "<.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    List<String> notes() {
        return footnotes.lines();
    }

    /** The number of each verdict, the worst first, and what was not shown. */
    List<String> summary() {
        final List<String> lines = new ArrayList<>();
        final String counts = Arrays.stream(ComparisonVerdict.values())
                .filter(verdict -> comparison.count(verdict) > 0)
                .map(verdict -> comparison.count(verdict) + " " + verdict.label())
                .collect(Collectors.joining(", "));
        lines.add(counts + (comparison.family() > 0 ? "; Holm over " + comparison.family() + " lines" : "")
                + "; threshold " + Figures.percent(comparison.threshold()));
        if (!choice.leftOut().isEmpty()) {
            lines.add("not shown: "
                    + choice.leftOut().entrySet().stream()
                            .map(left -> left.getValue() + " " + left.getKey().label())
                            .collect(Collectors.joining(", "))
                    + "; --all shows them");
        }
        if (comparison.design() == Design.SESSION_CONFOUNDED) {
            lines.add(
                    "no verdict is possible between one session a side: sessions of one and the same program differ too."
                            + " Measure both in turn (fizeau run --against), or give several sessions a side (--more-base,"
                            + " --more-candidate)");
        }
        return lines;
    }

    List<String> differences() {
        final List<ManifestDifference> all = comparison.differences();
        final List<String> lines = new ArrayList<>();
        all.stream()
                .limit(MOST_DIFFERENCES)
                .forEach(difference -> lines.add(difference.field() + ": " + shortened(difference.base(), difference)
                        + " -> " + shortened(difference.candidate(), difference)));
        if (all.size() > MOST_DIFFERENCES) {
            lines.add("and " + (all.size() - MOST_DIFFERENCES) + " more (--format json has all)");
        }
        if (all.isEmpty()) {
            lines.add(isWithoutManifest() ? "unknown: a side has no manifest" : "nothing that matters");
        }
        return lines;
    }

    private boolean isWithoutManifest() {
        return comparison.base().sessions().stream().noneMatch(run -> run.hasManifest())
                || comparison.candidate().sessions().stream().noneMatch(run -> run.hasManifest());
    }

    /** A long value begins where it differs from the other one. */
    private static String shortened(final String value, final ManifestDifference difference) {
        if (value.isEmpty()) {
            return "(none)";
        }
        if (value.length() <= MOST_OF_A_VALUE) {
            return value;
        }
        int same = 0;
        final int least =
                Math.min(difference.base().length(), difference.candidate().length());
        while (same < least
                && difference.base().charAt(same) == difference.candidate().charAt(same)) {
            same++;
        }
        final int from = Math.max(0, Math.min(same - 8, value.length() - MOST_OF_A_VALUE));
        final int to = Math.min(value.length(), from + MOST_OF_A_VALUE);
        return (from > 0 ? "..." : "") + value.substring(from, to) + (to < value.length() ? "..." : "");
    }

    List<String> legend() {
        final String samples = switch (comparison.design()) {
            case PAIRED -> "t on the log ratios of the rounds";
            case SESSIONS -> "Welch on the log means of the sessions";
            case SESSION_CONFOUNDED -> "Welch on the logs of the forks, within these two sessions only";
        };
        final boolean isPaired = comparison.design() == Design.PAIRED;
        final String threshold = Figures.percent(comparison.threshold());
        return List.of(
                "base, candidate: median over forks. ratio: of geometric means, candidate over base, with its 95 % interval ("
                        + samples
                        + "). rank p: " + (isPaired ? "Wilcoxon" : "Mann-Whitney") + "; delta: Cliff's"
                        + (isPaired ? ", within pairs" : "") + ". detects: with power 80 %.",
                "REGRESSED, IMPROVED: p < 0.05 after Holm, by however little unless the whole interval lies within "
                        + threshold
                        + ", which is EQUIVALENT. INCONCLUSIVE: could be either, never the same as EQUIVALENT.");
    }
}
