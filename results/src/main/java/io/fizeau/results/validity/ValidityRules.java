package io.fizeau.results.validity;

import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.run.ForkData;
import io.fizeau.results.run.ForkEntry;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.Samples;
import io.fizeau.results.run.TransportEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one place that says when a row is invalid. A new rule is a method here and a line in {@link #standard()}. Stateless.
 */
public final class ValidityRules {
    /** Fewer iterations than this in a fork, and its halves say nothing about steadiness. */
    public static final int STEADY_MIN_ITERATIONS = 6;
    /** The halves of a steady fork differ by less than this factor. */
    public static final double STEADY_FACTOR = 1.20;
    /** A row is not steady when more than this share of its forks is not. */
    public static final double STEADY_MAX_SHARE = 0.25;

    private ValidityRules() {}

    /** {@return the rules that every table applies, the gravest first} */
    public static List<ValidityRule> standard() {
        return List.of(
                ValidityRules::availability,
                ValidityRules::conformance,
                ValidityRules::failedForks,
                ValidityRules::missingForks,
                ValidityRules::content,
                ValidityRules::losses,
                LinkRules::verdict,
                OpenLoopRules::rate,
                OpenLoopRules::generator,
                OpenLoopRules::ledger,
                MachineRules::spinningThreads,
                MachineRules::noise,
                ValidityRules::steadiness);
    }

    /**
     * {@return the rules for the forks of one rate of a sweep} Steps have no rounds to be missing in, and what is said of the transport
     * is said once for all its rates. Of a rate that failed, why it did is what the sweep says; what is left is whether the machine
     * had a part in it.
     *
     * @param failed whether the sweep found that the rate did not hold in any fork.
     */
    public static List<ValidityRule> ofSweep(final boolean failed) {
        return failed
                ? List.of(MachineRules::spinningThreads, MachineRules::noise)
                : List.of(
                        ValidityRules::failedForks,
                        ValidityRules::content,
                        ValidityRules::losses,
                        LinkRules::verdict,
                        OpenLoopRules::rate,
                        OpenLoopRules::generator,
                        OpenLoopRules::ledger,
                        MachineRules::spinningThreads,
                        MachineRules::noise,
                        ValidityRules::steadiness);
    }

    /**
     * {@return the rules for a row that stands by itself, in a store or a file: {@link #standard()}, but for a sweep without the one about
     * rounds, of which its steps have none} A rate that was not reached is invalid here as in any open loop.
     *
     * @param run whose rows are judged.
     */
    public static List<ValidityRule> of(final Run run) {
        return run.manifest().sweep().isEmpty()
                ? standard()
                : Stream.concat(
                                Stream.<ValidityRule>of(ValidityRules::availability, ValidityRules::conformance),
                                ofSweep(false).stream())
                        .toList();
    }

    /**
     * {@return the rules for a row whose rate was not reached in any fork} That it was not is the answer then, with what follows from it:
     * lost and late messages; what is left is whether it is the transport's.
     *
     * @param run whose row is judged.
     */
    public static List<ValidityRule> ofMissedRate(final Run run) {
        final Stream<ValidityRule> rounds =
                run.manifest().sweep().isEmpty() ? Stream.of(ValidityRules::missingForks) : Stream.empty();
        return Stream.concat(
                        rounds,
                        Stream.of(
                                ValidityRules::availability,
                                ValidityRules::conformance,
                                ValidityRules::failedForks,
                                LinkRules::verdict,
                                OpenLoopRules::generator,
                                MachineRules::spinningThreads,
                                MachineRules::noise))
                .toList();
    }

    private static Stream<Finding> availability(final Run run, final Row row) {
        return transport(run, row)
                .filter(t -> !t.available())
                .map(t -> Finding.invalid("the transport cannot run here: " + t.reason()));
    }

    /** Numbers count only for a transport that keeps its promises. */
    private static Stream<Finding> conformance(final Run run, final Row row) {
        final String spec = row.key().param("transport");
        if (spec.isEmpty() || !run.hasManifest()) {
            return Stream.empty();
        }
        if (run.manifest().transport(spec).isEmpty()) {
            return Stream.of(Finding.invalid("the manifest does not name this transport"));
        }
        return transport(run, row)
                .map(TransportEntry::kit)
                .filter(kit -> !kit.passed())
                .map(kit -> Finding.invalid("conformance kit "
                        + (kit.verdict().equals("NOT_RUN") ? "not run" : kit.verdict())
                        + (kit.detail().isEmpty() ? "" : ": " + kit.detail())));
    }

    private static Stream<Finding> failedForks(final Run run, final Row row) {
        final List<ForkEntry> failed =
                row.forks().stream().map(ForkResult::entry).filter(f -> !f.ok()).toList();
        if (failed.isEmpty()) {
            return Stream.empty();
        }
        final String reasons = failed.stream()
                .map(f -> f.reason().isEmpty() ? "no reason given" : f.reason())
                .distinct()
                .collect(Collectors.joining("; "));
        return Stream.of(
                Finding.invalid(failed.size() + " of " + forks(row.forks().size()) + " failed: " + reasons));
    }

    /**
     * Rounds in which others ran this benchmark and this row did not; and all rows of a run that stopped before its last round,
     * because a number of rounds that follows from what was seen on the screen is no fixed number.
     */
    private static Stream<Finding> missingForks(final Run run, final Row row) {
        if (!run.hasManifest()) {
            return Stream.empty();
        }
        final Manifest.Rounds rounds = run.manifest().rounds();
        if (!run.manifest().complete() && rounds.finished() < rounds.planned()) {
            return Stream.of(Finding.invalid("forks missing: the run stopped after " + rounds.finished() + " of "
                    + rounds.planned() + " rounds"));
        }
        final Set<Integer> missing = run.rows().stream()
                .filter(other -> other.key().benchmark().equals(row.key().benchmark()))
                .flatMap(other -> rounds(other).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(rounds(row));
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(Finding.invalid(forks(missing.size()) + " missing: no fork in round "
                        + missing.stream().map(round -> "" + (round + 1)).collect(Collectors.joining(", "))));
    }

    private static Set<Integer> rounds(final Row row) {
        return row.forks().stream().map(f -> f.entry().round()).collect(Collectors.toSet());
    }

    private static Stream<Finding> content(final Run run, final Row row) {
        final long empty = row.okForks().stream().filter(f -> !hasContent(f)).count();
        return empty == 0
                ? Stream.empty()
                : Stream.of(Finding.invalid("nothing was measured in " + empty + " of "
                        + forks(row.forks().size())));
    }

    private static boolean hasContent(final ForkResult fork) {
        final ForkData data = fork.primary().orElse(new ForkData(List.of(), List.of()));
        return data.samples().isEmpty()
                ? data.median() > 0
                : data.samples().stream().mapToLong(Samples::count).sum() > 0;
    }

    /** Who promises to be reliable and loses a message has measured something else than it promised. */
    private static Stream<Finding> losses(final Run run, final Row row) {
        final long lost = Math.round(row.okForks().stream()
                .mapToDouble(fork -> ForkMetrics.count(fork, ForkMetrics.LOST))
                .sum());
        if (lost == 0) {
            return Stream.empty();
        }
        final boolean reliable =
                transport(run, row).anyMatch(t -> t.guarantees().contains("reliable"));
        return Stream.of(new Finding(
                reliable,
                (lost == 1 ? "1 message" : lost + " messages") + " lost" + (reliable ? ", promised reliable" : "")));
    }

    /**
     * Not steady: the second half of a fork differs from its first. One such fork is more likely an episode of the machine,
     * which the rounds are there to absorb, and is only remarked.
     */
    private static Stream<Finding> steadiness(final Run run, final Row row) {
        final double[] drifts = row.okForks().stream()
                .flatMap(f -> f.primary().stream())
                .filter(data -> data.iterations().size() >= STEADY_MIN_ITERATIONS)
                .mapToDouble(ForkData::secondHalfOverFirst)
                .filter(Double::isFinite)
                .toArray();
        final long drifting = Arrays.stream(drifts)
                .filter(d -> d > STEADY_FACTOR || d < 1 / STEADY_FACTOR)
                .count();
        if (drifting == 0) {
            return Stream.empty();
        }
        final String text = "not steady: in " + drifting + " of " + forks(drifts.length)
                + " the second half differs from the first by more than " + Math.round((STEADY_FACTOR - 1) * 100)
                + " %";
        return Stream.of(new Finding(drifting > STEADY_MAX_SHARE * drifts.length, text));
    }

    private static Stream<TransportEntry> transport(final Run run, final Row row) {
        return run.manifest().transport(row.key().param("transport")).stream();
    }

    static String forks(final int count) {
        return count == 1 ? "1 fork" : count + " forks";
    }
}
