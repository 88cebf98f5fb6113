package io.fizeau.results.compare;

import io.fizeau.results.metric.Measure;
import io.fizeau.results.stats.GeometricMean;
import io.fizeau.results.stats.RankComparison;
import io.fizeau.results.stats.RatioEstimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of both sides that a test takes: forks in pairs, forks, or the geometric means of sessions. Immutable. */
final class SideSamples {
    private final boolean isPaired;
    private final double[] base;
    private final double[] candidate;

    private SideSamples(final boolean isPaired, final double[] base, final double[] candidate) {
        this.isPaired = isPaired;
        this.base = base;
        this.candidate = candidate;
    }

    static SideSamples of(
            final Design design, final List<SessionRow> base, final List<SessionRow> candidate, final Measure measure) {
        return switch (design) {
            case PAIRED -> paired(base, candidate, measure);
            case SESSIONS -> new SideSamples(false, means(base, measure), means(candidate, measure));
            case SESSION_CONFOUNDED ->
                new SideSamples(false, floored(all(base, measure), measure), floored(all(candidate, measure), measure));
        };
    }

    private static SideSamples paired(
            final List<SessionRow> base, final List<SessionRow> candidate, final Measure measure) {
        final Map<String, Double> ofBase = byPair(base, measure);
        final Map<String, Double> ofCandidate = byPair(candidate, measure);
        ofBase.keySet().retainAll(ofCandidate.keySet());
        return new SideSamples(
                true,
                ofBase.values().stream()
                        .mapToDouble(value -> Resolution.counted(measure, value))
                        .toArray(),
                ofBase.keySet().stream()
                        .mapToDouble(pair -> Resolution.counted(measure, ofCandidate.getOrDefault(pair, Double.NaN)))
                        .toArray());
    }

    private static Map<String, Double> byPair(final List<SessionRow> sessions, final Measure measure) {
        final Map<String, Double> values = new LinkedHashMap<>();
        sessions.forEach(session -> values.putAll(session.byPair(measure.name())));
        return values;
    }

    private static double[] means(final List<SessionRow> sessions, final Measure measure) {
        return sessions.stream()
                .mapToDouble(session -> GeometricMean.of(floored(session.values(measure.name()), measure)))
                .toArray();
    }

    /** The numbers of all forks of a side. */
    static double[] all(final List<SessionRow> sessions, final Measure measure) {
        return sessions.stream()
                .flatMapToDouble(session -> Arrays.stream(session.values(measure.name())))
                .toArray();
    }

    /** How many of them have no logarithm. */
    static long countNothing(final double[] values, final Measure measure) {
        return Arrays.stream(floored(values, measure)).filter(v -> v <= 0).count();
    }

    private static double[] floored(final double[] values, final Measure measure) {
        return Arrays.stream(values)
                .map(value -> Resolution.counted(measure, value))
                .toArray();
    }

    RatioEstimate ratio() {
        return isPaired ? RatioEstimate.paired(base, candidate) : RatioEstimate.unpaired(base, candidate);
    }

    RankComparison ranks() {
        return isPaired ? RankComparison.paired(base, candidate) : RankComparison.unpaired(base, candidate);
    }
}
