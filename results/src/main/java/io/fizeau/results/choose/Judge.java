package io.fizeau.results.choose;

import io.fizeau.results.table.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides about one transport from all that was measured of it. What may stand in for what:
 *
 * <ol>
 *   <li>a row under just the conditions that were asked for decides; of several runs the newest, unless one of the same commit says the
 *       opposite;
 *   <li>else a row under no better ones (a higher rate, a worse link) that meets, so does this; one under no worse ones (a lower rate, a
 *       milder link) that fails, so does this; if there are both, nothing is decided;
 *   <li>else sizes below and above, if both decide the same.
 * </ol>
 *
 * <p>Nothing else: no line is drawn through points. Stateless.
 */
final class Judge {
    private static final double SAME_RATE = 0.005;

    private Judge() {}

    /** Rules on what was measured of one transport, whatever its conditions. */
    static Ruling rule(final Needs needs, final List<Evidence> all) {
        final List<Evidence> usable =
                all.stream().filter(e -> isLoopMeant(needs, e)).toList();
        final Ruling exact = ruleOfSize(needs, of(usable, e -> e.sizeBytes() == needs.sizeBytes()));
        if (!exact.isOpen()) {
            return exact;
        }
        final TreeSet<Integer> sizes = new TreeSet<>();
        usable.forEach(e -> sizes.add(e.sizeBytes()));
        final Optional<Ruling> below = nearest(
                needs,
                usable,
                sizes.headSet(needs.sizeBytes(), false).descendingSet().stream().toList());
        final Optional<Ruling> above = nearest(
                needs, usable, sizes.tailSet(needs.sizeBytes(), false).stream().toList());
        if (below.isPresent() && above.isPresent()) {
            final Evidence shorter = below.get().evidence().orElseThrow();
            final Evidence longer = above.get().evidence().orElseThrow();
            final String sizesText = shorter.sizeBytes() + " B and " + longer.sizeBytes() + " B";
            if (below.get().verdict() == above.get().verdict()) {
                final List<String> notes = new ArrayList<>(above.get().notes());
                notes.add("between " + sizesText + ", which both "
                        + (above.get().meets() ? "meet the limits" : "fail") + "; shown: " + longer.sizeBytes() + " B");
                return new Ruling(
                        above.get().verdict(), Optional.of(longer), above.get().why(), notes, false);
            }
            return Ruling.unclear(
                    longer,
                    "not measured at " + needs.sizeBytes() + " B: of " + sizesText + " one meets and one fails");
        }
        return exact.evidence().isPresent() ? exact : Ruling.open(missing(needs, all, usable));
    }

    /** A closed loop is no evidence for a rate, and at a rate nobody waits for the answer before. */
    private static boolean isLoopMeant(final Needs needs, final Evidence evidence) {
        return needs.ratePerSecond().isPresent() != Double.isNaN(evidence.ratePerSecond());
    }

    private static Optional<Ruling> nearest(final Needs needs, final List<Evidence> usable, final List<Integer> sizes) {
        return sizes.stream()
                .map(size -> ruleOfSize(needs, of(usable, e -> e.sizeBytes() == size)))
                .filter(ruling -> ruling.meets() || ruling.fails())
                .findFirst();
    }

    private static Ruling ruleOfSize(final Needs needs, final List<Evidence> rows) {
        final List<Evidence> exact =
                newestFirst(of(rows, e -> e.link() == LinkMatch.SAME && compareRate(needs, e) == 0 && !e.isUnusable()));
        if (!exact.isEmpty()) {
            final Evidence newest = exact.get(0);
            return exact.stream()
                    .filter(e -> isOpposite(newest, e) && e.commit().equals(newest.commit()))
                    .findFirst()
                    .map(e -> Ruling.unclear(
                            newest, "two runs of one commit say the opposite: " + newest.run() + " and " + e.run()))
                    .orElseGet(() -> newest.isDecided() ? Ruling.by(newest, "") : Ruling.unclear(newest, newest.why()));
        }
        final List<Evidence> standing = newestOfEach(rows);
        final Optional<Evidence> harder = newestFirst(of(
                        standing,
                        e -> e.meets()
                                && compareRate(needs, e) >= 0
                                && (e.link() == LinkMatch.SAME || e.link() == LinkMatch.WORSE)))
                .stream()
                .min(Comparator.comparing((Evidence e) -> e.link() != LinkMatch.SAME)
                        .thenComparingDouble(Judge::rate));
        final Optional<Evidence> easier = newestFirst(of(
                        standing,
                        e -> e.fails()
                                && compareRate(needs, e) <= 0
                                && (e.link() == LinkMatch.SAME || e.link() == LinkMatch.MILDER)))
                .stream()
                .max(Comparator.comparing((Evidence e) -> e.link() == LinkMatch.SAME)
                        .thenComparingDouble(Judge::rate));
        if (harder.isPresent() && easier.isPresent()) {
            return Ruling.unclear(
                    harder.get(),
                    "contradictory: it met the limits under harder conditions and missed them under easier ones, in "
                            + easier.get().run());
        }
        if (harder.isPresent()) {
            return Ruling.by(harder.get(), standIn(needs, harder.get(), "worse"));
        }
        if (easier.isPresent()) {
            return Ruling.by(easier.get(), standIn(needs, easier.get(), "milder"));
        }
        return newestFirst(of(rows, e -> e.link() == LinkMatch.SAME && compareRate(needs, e) >= 0)).stream()
                .min(Comparator.comparingDouble(Judge::rate))
                .map(Ruling::open)
                .orElseGet(() -> Ruling.open(""));
    }

    /** Of the rows under the same conditions the newest that is of use: an older run does not stand in for it. */
    private static List<Evidence> newestOfEach(final List<Evidence> rows) {
        final Map<List<Object>, Evidence> newest = new LinkedHashMap<>();
        newestFirst(of(rows, e -> !e.isUnusable()))
                .forEach(e -> newest.putIfAbsent(List.of(e.ratePerSecond(), e.linkText(), e.sizeBytes()), e));
        return List.copyOf(newest.values());
    }

    private static String standIn(final Needs needs, final Evidence evidence, final String than) {
        final List<String> parts = new ArrayList<>();
        if (evidence.link() != LinkMatch.SAME) {
            parts.add("over a " + than + " link, " + evidence.linkText());
        }
        final int side = compareRate(needs, evidence);
        if (side != 0) {
            parts.add("at " + (side > 0 ? "the higher" : "the lower") + " rate of "
                    + Figures.count(evidence.ratePerSecond()) + "/s");
        }
        return parts.isEmpty() ? "" : "measured " + String.join(", and ", parts);
    }

    /** Why there is nothing: the first condition that leaves no row. */
    private static String missing(final Needs needs, final List<Evidence> all, final List<Evidence> usable) {
        if (all.isEmpty()) {
            return "not measured";
        }
        if (usable.isEmpty()) {
            return needs.ratePerSecond().isPresent()
                    ? "not measured at a rate: a closed loop says nothing about one"
                    : "not measured with one message at a time";
        }
        final List<Evidence> linked = of(usable, e -> e.link() == LinkMatch.SAME);
        if (linked.isEmpty()) {
            return newestFirst(of(usable, e -> e.link() == LinkMatch.WORSE)).stream()
                    .findFirst()
                    .map(worse -> "not measured over such a link: over " + worse.linkText() + " it "
                            + (worse.isUnusable() ? "was " + worse.why() : "does not meet the limits"))
                    .orElse("not measured over such a link");
        }
        final List<Evidence> sized = of(linked, e -> e.sizeBytes() == needs.sizeBytes());
        if (sized.isEmpty()) {
            return "not measured at " + needs.sizeBytes() + " B: only at "
                    + String.join(
                            ", ",
                            linked.stream()
                                    .map(Evidence::sizeBytes)
                                    .distinct()
                                    .sorted()
                                    .map(size -> size + " B")
                                    .toList());
        }
        return "measured only up to "
                + Figures.count(sized.stream().mapToDouble(Judge::rate).max().orElse(0)) + "/s";
    }

    private static boolean isOpposite(final Evidence one, final Evidence other) {
        return (one.meets() && other.fails()) || (one.fails() && other.meets());
    }

    /** Below 0 if the row's rate is lower than the one that is asked for; 0 also if none is. */
    private static int compareRate(final Needs needs, final Evidence evidence) {
        if (needs.ratePerSecond().isEmpty()) {
            return 0;
        }
        final double needed = needs.ratePerSecond().getAsDouble();
        return Math.abs(evidence.ratePerSecond() - needed) <= SAME_RATE * needed
                ? 0
                : Double.compare(evidence.ratePerSecond(), needed);
    }

    private static double rate(final Evidence evidence) {
        return Double.isNaN(evidence.ratePerSecond()) ? 0 : evidence.ratePerSecond();
    }

    private static List<Evidence> newestFirst(final List<Evidence> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(Evidence::startedAt).reversed())
                .toList();
    }

    private static List<Evidence> of(final List<Evidence> rows, final Predicate<Evidence> meant) {
        return rows.stream().filter(meant).toList();
    }
}
