package io.fizeau.results.compare;

import java.util.List;

/**
 * Two sides beside each other.
 *
 * @param base what it is compared with.
 * @param candidate what is judged.
 * @param design how they were measured.
 * @param threshold the margin of equivalence, as a share.
 * @param family how many lines Holm's correction took together: all that may get a verdict.
 * @param lines one for each measure of each row, in the order in which the rows ran.
 * @param differences in what the manifests differ.
 * @param problems what could not be read or compared, one line each.
 */
public record RunComparison(
        Side base,
        Side candidate,
        Design design,
        double threshold,
        int family,
        List<ComparedLine> lines,
        List<ManifestDifference> differences,
        List<String> problems) {
    /** Copies the lists. */
    public RunComparison {
        lines = List.copyOf(lines);
        differences = List.copyOf(differences);
        problems = List.copyOf(problems);
    }

    /**
     * {@return how many lines have a verdict}
     *
     * @param verdict any.
     */
    public long count(final ComparisonVerdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }
}
