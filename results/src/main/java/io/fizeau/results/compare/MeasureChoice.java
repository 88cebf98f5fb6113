package io.fizeau.results.compare;

import io.fizeau.results.metric.Direction;
import io.fizeau.results.metric.ForkMetrics;
import io.fizeau.results.metric.Measure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which measures of a row are compared: those that were asked for, or else its headline, the p99 and the rate where it has them, and
 * what the client allocates. Keeps what it could not find. One thread.
 */
final class MeasureChoice {
    private static final String OR = " or ";

    private final List<String> asked;
    private final Set<String> found = new TreeSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    MeasureChoice(final List<String> asked) {
        this.asked = asked;
    }

    /** What to compare of a row; as the candidate has it, or the base where only that has it. */
    List<Measure> of(final MatchedRow row) {
        final Map<String, Measure> base = measures(row.base());
        final Map<String, Measure> candidate = measures(row.candidate());
        known.addAll(base.keySet());
        known.addAll(candidate.keySet());
        final Set<String> names = new LinkedHashSet<>();
        if (asked.isEmpty()) {
            standard(candidate, base, names);
            standard(base, candidate, names);
        } else {
            names.addAll(asked);
        }
        final List<Measure> chosen = new ArrayList<>();
        for (final String name : names) {
            final Measure ofBase = base.get(name);
            final Measure ofCandidate = candidate.get(name);
            if (ofBase != null || ofCandidate != null) {
                found.add(name);
            }
            final String inBase = units(row.base(), name);
            final String inCandidate = units(row.candidate(), name);
            if (Stream.of(inBase, inCandidate)
                                    .filter(units -> !units.isEmpty())
                                    .distinct()
                                    .count()
                            > 1
                    || (inBase + inCandidate).contains(OR)) {
                problems.add(row.key() + ": " + name + " is in " + shown(inBase) + " in the base and in "
                        + shown(inCandidate) + " in the candidate, which cannot be converted; not compared");
            } else if (ofCandidate != null) {
                chosen.add(ofCandidate);
            } else if (ofBase != null) {
                chosen.add(ofBase);
            }
        }
        checkHeadlines(row, base, candidate);
        return chosen;
    }

    /** All that the sessions of a side have; one unless they cannot be compared with each other. */
    private static String units(final List<SessionRow> sessions, final String name) {
        return sessions.stream()
                .flatMap(session -> Stream.ofNullable(session.measures().get(name)))
                .map(Measure::unit)
                .distinct()
                .collect(Collectors.joining(OR));
    }

    private static String shown(final String units) {
        return units.isEmpty() ? "no unit" : units;
    }

    private static void standard(
            final Map<String, Measure> measures, final Map<String, Measure> others, final Set<String> names) {
        measures.values().stream().limit(1).forEach(headline -> names.add(headline.name()));
        // What the client's threads allocate, or else the whole JVM: whichever both sides tell.
        final boolean isOfThreads = measures.containsKey(ForkMetrics.CLIENT_ALLOCATION)
                && (others.containsKey(ForkMetrics.CLIENT_ALLOCATION)
                        || !others.containsKey(ForkMetrics.JVM_ALLOCATION)
                        || !measures.containsKey(ForkMetrics.JVM_ALLOCATION));
        final String allocation = isOfThreads ? ForkMetrics.CLIENT_ALLOCATION : ForkMetrics.JVM_ALLOCATION;
        for (final String name : List.of("p99", "rate", allocation)) {
            final Measure measure = measures.get(name);
            if (measure != null && measure.better() != Direction.NEITHER) {
                names.add(name);
            }
        }
    }

    /** A benchmark in another mode measures something else: time per operation is no rate. */
    private void checkHeadlines(
            final MatchedRow row, final Map<String, Measure> base, final Map<String, Measure> candidate) {
        if (base.isEmpty() || candidate.isEmpty()) {
            return;
        }
        final Measure ofBase = base.values().iterator().next();
        final Measure ofCandidate = candidate.values().iterator().next();
        if (!base.containsKey(ofCandidate.name()) && !candidate.containsKey(ofBase.name())) {
            problems.add(row.key() + ": the base has " + ofBase.name() + " in " + ofBase.unit()
                    + ", the candidate has " + ofCandidate.name() + " in " + ofCandidate.unit()
                    + ": it was measured in another mode; not compared");
        }
    }

    private static Map<String, Measure> measures(final List<SessionRow> sessions) {
        return sessions.stream()
                .map(SessionRow::measures)
                .filter(measures -> !measures.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    List<String> problems() {
        final List<String> all = new ArrayList<>(problems);
        for (final String name : asked) {
            if (!found.contains(name)) {
                all.add("metric " + name + ": no row has it; there are: " + String.join(", ", known));
            }
        }
        return all;
    }
}
