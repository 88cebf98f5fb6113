package io.fizeau.results.compare;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.HolmCorrection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares two sides, row by row and measure by measure. The fork is the sample, never an iteration; forks of one interleaved run are
 * paired by round; of several sessions a side the session is the sample; of one session a side nothing is decided.
 *
 * <p>The family for Holm's correction is all lines that may get a verdict. Stateless.
 */
public final class RunComparisons {
    private RunComparisons() {}

    /**
     * Compares.
     *
     * @param base what the candidate is compared with.
     * @param candidate what is judged.
     * @param options which measures, and what is a difference that matters.
     * @return every row of either side, with what may be said; what could not be compared is a problem, one line each.
     * @throws ResultsException if the same run is given twice, if a side holds both sides of one interleaved run, if the topologies differ and that is not forced, or if nothing is left to
     *     compare. One line that says what to do.
     */
    public static RunComparison of(final Side base, final Side candidate, final ComparisonOptions options) {
        final List<Run> runs = Stream.concat(base.sessions().stream(), candidate.sessions().stream())
                .toList();
        SameRuns.check(runs);
        checkPairs(base, "base");
        checkPairs(candidate, "candidate");
        checkTopology(base, candidate, options);
        final List<String> problems = new ArrayList<>();
        runs.forEach(run -> run.problems().forEach(problem -> problems.add(run.location() + ": " + problem)));
        final Design design = design(base, candidate);
        if (design == Design.SESSIONS && !options.forced()) {
            checkMachine(base, candidate);
        }
        final RowMatching matching = new RowMatching(base, candidate, options.forced());
        problems.addAll(matching.problems());
        final MeasureChoice choice = new MeasureChoice(options.metrics());
        final LineAssembly assembly = new LineAssembly(design);
        final List<ComparedLine> undecided = new ArrayList<>();
        for (final MatchedRow row : matching.rows()) {
            choice.of(row).forEach(measure -> undecided.add(assembly.line(row, measure)));
        }
        problems.addAll(choice.problems());
        if (undecided.isEmpty()) {
            throw new ResultsException(
                    problems.isEmpty()
                            ? base.label() + " and " + candidate.label() + ": hold nothing that can be compared"
                            : problems.get(0));
        }
        final double[] adjusted = HolmCorrection.adjust(undecided.stream()
                .mapToDouble(line -> line.verdict().isDecided() ? line.ratio().pValue() : Double.NaN)
                .toArray());
        final List<ComparedLine> lines = new ArrayList<>();
        int family = 0;
        for (int i = 0; i < adjusted.length; i++) {
            final ComparedLine line = undecided.get(i);
            if (line.verdict().isDecided()) {
                family++;
            }
            lines.add(
                    line.verdict().isDecided()
                            ? line.decided(
                                    adjusted[i],
                                    ComparisonVerdict.of(
                                            line.ratio(),
                                            adjusted[i],
                                            line.measure().better(),
                                            options.threshold()))
                            : line);
        }
        return new RunComparison(
                base,
                candidate,
                design,
                options.threshold(),
                family,
                lines,
                ManifestDifferences.of(base, candidate),
                problems);
    }

    private static Design design(final Side base, final Side candidate) {
        final Set<String> baseIds = ids(base);
        if (baseIds.size() == base.sessions().size()
                && baseIds.size() == candidate.sessions().size()
                && baseIds.equals(ids(candidate))) {
            return Design.PAIRED;
        }
        return Math.min(countOccasions(base), countOccasions(candidate)) >= ComparisonVerdict.MIN_SESSIONS
                ? Design.SESSIONS
                : Design.SESSION_CONFOUNDED;
    }

    /** Both sides of an interleaved run are one occasion, whatever the number of their folders. */
    private static long countOccasions(final Side side) {
        return side.sessions().stream()
                .map(run -> run.manifest()
                        .interleaved()
                        .<Object>map(Manifest.Interleaved::id)
                        .orElseGet(run::identity))
                .distinct()
                .count();
    }

    /** Both sides of a pair in one side would average the two that are to be told apart. */
    private static void checkPairs(final Side side, final String which) {
        final Map<String, Run> byId = new HashMap<>();
        for (final Run run : side.sessions()) {
            final String id =
                    run.manifest().interleaved().map(Manifest.Interleaved::id).orElse("");
            final Run other = byId.put(id, run);
            if (!id.isEmpty() && other != null) {
                throw new ResultsException(run.location() + ": and " + other.location()
                        + " are both sides of one interleaved run, and both given as the " + which
                        + ": give one as a session of the base and the other as one of the candidate");
            }
        }
    }

    /** Which side is called which does not matter: the user may swap them. */
    private static Set<String> ids(final Side side) {
        return side.sessions().stream()
                .flatMap(run -> run.manifest().interleaved().stream())
                .map(interleaved -> interleaved.id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void checkTopology(final Side base, final Side candidate, final ComparisonOptions options) {
        final Set<String> ofBase = topologies(base);
        final Set<String> ofCandidate = topologies(candidate);
        if (!options.forced() && !ofBase.isEmpty() && !ofCandidate.isEmpty() && !ofBase.equals(ofCandidate)) {
            throw new ResultsException("topology " + String.join(", ", ofBase) + " in " + base.label() + " and "
                    + String.join(", ", ofCandidate) + " in " + candidate.label()
                    + ": a network lies between them; --force compares all the same");
        }
    }

    /** Where the session is the sample, another machine would be judged in the place of another program. */
    private static void checkMachine(final Side base, final Side candidate) {
        final Set<String> ofBase = machines(base);
        final Set<String> ofCandidate = machines(candidate);
        if (!ofBase.isEmpty() && !ofCandidate.isEmpty() && !ofBase.equals(ofCandidate)) {
            throw new ResultsException("machine " + String.join(" | ", ofBase) + " in " + base.label() + " and "
                    + String.join(" | ", ofCandidate) + " in " + candidate.label()
                    + ": the difference may be the machines'; --force compares all the same");
        }
    }

    private static Set<String> machines(final Side side) {
        return side.sessions().stream()
                .map(run -> run.manifest().host())
                .filter(host -> host.containsKey("cpuModel") && host.containsKey("availableProcessors"))
                .map(host -> host.get("cpuModel") + ", " + host.get("availableProcessors") + " processors")
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> topologies(final Side side) {
        return side.sessions().stream()
                .map(run -> run.manifest().topology())
                .filter(topology -> !topology.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
