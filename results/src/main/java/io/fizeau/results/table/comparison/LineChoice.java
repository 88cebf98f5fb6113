package io.fizeau.results.table.comparison;

import io.fizeau.results.compare.ComparedLine;
import io.fizeau.results.compare.ComparisonVerdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which lines are shown where not all fit, and in which order: the worst first.
 *
 * @param shown the lines, the worst first.
 * @param leftOut how many there are besides, by verdict.
 */
record LineChoice(List<ComparedLine> shown, Map<ComparisonVerdict, Long> leftOut) {
    /** What a reader would miss most, first. */
    private static final List<ComparisonVerdict> INTEREST = List.of(
            ComparisonVerdict.REGRESSED,
            ComparisonVerdict.IMPROVED,
            ComparisonVerdict.INVALID,
            ComparisonVerdict.SESSION_CONFOUNDED,
            ComparisonVerdict.INCONCLUSIVE,
            ComparisonVerdict.NO_VERDICT,
            ComparisonVerdict.ONE_SIDE_ONLY,
            ComparisonVerdict.EQUIVALENT);

    private static final Comparator<ComparedLine> WORST_FIRST = Comparator.comparing(ComparedLine::verdict)
            .thenComparing(Comparator.comparingDouble(LineChoice::worseBy).reversed());

    static LineChoice of(final List<ComparedLine> lines, final int most) {
        final List<ComparedLine> chosen = lines.stream()
                .sorted(Comparator.comparingInt((ComparedLine line) -> INTEREST.indexOf(line.verdict()))
                        .thenComparing(Comparator.comparingDouble((ComparedLine line) -> Math.abs(worseBy(line)))
                                .reversed()))
                .limit(most)
                .sorted(WORST_FIRST)
                .toList();
        final Map<ComparisonVerdict, Long> leftOut = new EnumMap<>(
                lines.stream().collect(Collectors.groupingBy(ComparedLine::verdict, Collectors.counting())));
        chosen.forEach(line -> leftOut.merge(line.verdict(), -1L, Long::sum));
        leftOut.values().removeIf(count -> count == 0);
        return new LineChoice(chosen, leftOut);
    }

    /** A line without a ratio is neither worse nor better. */
    private static double worseBy(final ComparedLine line) {
        return Double.isNaN(line.worseBy()) ? 0 : line.worseBy();
    }
}
