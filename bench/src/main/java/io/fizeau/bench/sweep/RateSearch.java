package io.fizeau.bench.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The search for the highest rate that holds. A state machine: outcomes of probes in, the next rate to probe out; it knows neither
 * time nor transports. Used by one thread.
 *
 * <ol>
 *   <li>Rise: the rate doubles as long as it holds. One probe that holds is enough to go on. One that fails is repeated up to the
 *       number of repeats; the rise ends at a rate that failed in all of them.
 *   <li>Narrowing: the two ends move towards each other by bisection of the logarithm, and each rate that is tried gets
 *       its repeats, until two of them disagree. The lower end is the highest rate that held in all its probes, with no rate below it that failed in half of its own or
 *       more; the upper end the lowest that failed in all of them, above every rate that ever held. A rate at which repeats disagree is
 *       neither, so it stays inside the bracket, and both ends are sought on their own side of it.
 *   <li>The end: when nothing is left to try that is further than the precision from its neighbours, and the lower end has all its
 *       repeats. The bracket is then as narrow as the precision, or as wide as the disagreement.
 * </ol>
 *
 * <p>Asking all repeats to agree, on both sides alike, is what makes the bracket hold the true edge: with a majority for the upper end,
 * forks whose edges are spread by 3 % left it below the true edge in 18 % of simulated searches; so, in 2 to 3 %.
 */
final class RateSearch {
    /** A search that needs more is in a machine too restless for it, and says what it has. */
    static final int MOST_PROBES = 60;

    private static final double RISE = 2;
    /** Rates are round enough to be read. A thousandth is far below any precision that can be asked for. */
    private static final MathContext DIGITS = new MathContext(4);
    /** How often the rate will double, for guessing the time before anything is known. */
    private static final int USUAL_DOUBLINGS = 9;

    private final double fromPerSecond;
    private final double limitPerSecond;
    private final double precision;
    private final int repeats;
    private final TreeMap<Double, Tally> tallies = new TreeMap<>();
    private int probes; // by onOutcome
    private double trying = Double.NaN; // by next: the rate of the narrowing that does not have all its repeats yet

    /**
     * Creates a search.
     *
     * @param fromPerSecond the first rate.
     * @param limitPerSecond the highest that can be offered.
     * @param precision how narrow the bracket should be: 0.05 is 5 %.
     * @param repeats how many independent probes decide about a rate.
     */
    RateSearch(final double fromPerSecond, final double limitPerSecond, final double precision, final int repeats) {
        this.fromPerSecond = fromPerSecond;
        this.limitPerSecond = limitPerSecond;
        this.precision = precision;
        this.repeats = repeats;
    }

    /** The rate to probe next; empty if the search is over. Answers the same until an outcome arrives. */
    OptionalDouble next() {
        if (probes >= MOST_PROBES) {
            return OptionalDouble.empty();
        }
        if (tallies.isEmpty()) {
            return OptionalDouble.of(fromPerSecond);
        }
        return isRising() ? nextOfRise() : nextOfNarrowing();
    }

    /** A probe of a rate has ended. */
    void onOutcome(final double ratePerSecond, final Outcome outcome) {
        tallies.computeIfAbsent(ratePerSecond, any -> new Tally()).add(outcome);
        probes++;
    }

    /** Where the edge lies by what is known so far. */
    Bracket bracket() {
        final double held = lowerEnd();
        final double failed = isRising() ? Double.NaN : upperEnd();
        if (next().isPresent()) {
            return new Bracket(held, failed, Bracket.State.UNFINISHED);
        }
        if (held == 0) {
            return new Bracket(held, failed, Bracket.State.NONE_HELD);
        }
        if (Double.isNaN(failed)) {
            return new Bracket(held, failed, Bracket.State.NO_LIMIT);
        }
        return new Bracket(held, failed, isFar(held, failed) ? Bracket.State.DISPUTED : Bracket.State.FOUND);
    }

    /** About how many probes are still to come. */
    int probesLeft() {
        if (next().isEmpty()) {
            return 0;
        }
        final int rising = isRising() ? Math.max(1, USUAL_DOUBLINGS - tallies.size()) + repeats : 0;
        final double wide = isRising() ? RISE : upperEnd() / Math.max(lowerEnd(), upperEnd() / RISE);
        final double halvings = Math.ceil(Math.log(Math.log(wide) / Math.log1p(precision)) / Math.log(2));
        return rising + repeats * (int) Math.max(1, halvings);
    }

    private boolean isRising() {
        return tallies.values().stream().noneMatch(tally -> tally.isDead() && tally.total() >= repeats);
    }

    private OptionalDouble nextOfRise() {
        final Map.Entry<Double, Tally> top = tallies.lastEntry();
        if (top.getValue().hasFailed() && top.getValue().total() < repeats) {
            return OptionalDouble.of(top.getKey());
        }
        final double higher = top.getKey() * RISE;
        return higher <= limitPerSecond ? OptionalDouble.of(higher) : moreOfLowerEnd();
    }

    private OptionalDouble nextOfNarrowing() {
        if (isTrying()) {
            return OptionalDouble.of(trying);
        }
        final double low = lowerEnd();
        if (low == 0) {
            return OptionalDouble.empty();
        }
        final double doubted = lowestNotClean(low);
        if (isFar(low, doubted)) {
            return between(low, doubted);
        }
        final double high = upperEnd();
        final double hoped = tallies.headMap(high).lastKey();
        if (isFar(hoped, high)) {
            return between(hoped, high);
        }
        return moreOfLowerEnd();
    }

    /** Once two probes of a rate disagree it is neither end, and a third would not change that. */
    private boolean isTrying() {
        final Tally tally = tallies.get(trying);
        return !Double.isNaN(trying) && (tally == null || (tally.total() < repeats && !tally.isDisputed()));
    }

    /** The lower end may have been seen once, in the rise. */
    private OptionalDouble moreOfLowerEnd() {
        final double low = lowerEnd();
        return low > 0 && total(low) < repeats ? OptionalDouble.of(low) : OptionalDouble.empty();
    }

    private OptionalDouble between(final double low, final double high) {
        trying = BigDecimal.valueOf(Math.sqrt(low * high)).round(DIGITS).doubleValue();
        return OptionalDouble.of(trying);
    }

    private double lowerEnd() {
        double end = 0;
        for (final Map.Entry<Double, Tally> entry : tallies.entrySet()) {
            if (entry.getValue().isBarred()) {
                break;
            }
            end = entry.getValue().isClean() ? entry.getKey() : end;
        }
        return end;
    }

    /** Only once the rise is over: then the highest rate is dead. */
    private double upperEnd() {
        double end = Double.NaN;
        for (final Map.Entry<Double, Tally> entry : tallies.descendingMap().entrySet()) {
            if (!entry.getValue().isDead()) {
                break;
            }
            end = entry.getKey();
        }
        return end;
    }

    private double lowestNotClean(final double above) {
        return tallies.tailMap(above, false).entrySet().stream()
                .filter(entry -> !entry.getValue().isClean())
                .mapToDouble(Map.Entry::getKey)
                .findFirst()
                .orElse(Double.NaN);
    }

    private int total(final double ratePerSecond) {
        final Tally tally = tallies.get(ratePerSecond);
        return tally == null ? 0 : tally.total();
    }

    private boolean isFar(final double low, final double high) {
        return high > low * (1 + precision);
    }
}
