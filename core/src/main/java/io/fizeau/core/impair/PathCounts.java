package io.fizeau.core.impair;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one direction did with its packets. Immutable. Always {@code seen = passed - duplicated + lost() + held}.
 *
 * @param seen packets offered.
 * @param passed packets handed out, duplicates too.
 * @param lostByLoss lost by the loss model.
 * @param lostByList lost by the list of drops.
 * @param lostByBlackout lost in blackouts.
 * @param lostByQueue lost at the full queue before the rate limit.
 * @param lostByOverflow lost because there was no room: nobody scheduled these.
 * @param duplicated duplicates handed out.
 * @param corrupted packets of which a bit was turned over.
 * @param reordered packets that as many later ones overtook as was asked for.
 * @param cutShort packets that were to be overtaken, but too few followed before their hold ended.
 * @param delayed packets handed out that were due later than they came.
 * @param held packets that are still here.
 * @param intendedDelayNs the sum of the delays that packets handed out should have had, in ns.
 * @param lateNs the sum of the realised delays less the intended ones, in ns.
 * @param maxLateNs the greatest realised delay less the intended one, in ns.
 */
public record PathCounts(
        long seen,
        long passed,
        long lostByLoss,
        long lostByList,
        long lostByBlackout,
        long lostByQueue,
        long lostByOverflow,
        long duplicated,
        long corrupted,
        long reordered,
        long cutShort,
        long delayed,
        long held,
        long intendedDelayNs,
        long lateNs,
        long maxLateNs) {
    /** Nothing yet; what {@link #plus} adds nothing with. */
    public static final PathCounts ZERO = new PathCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * All lost packets, for whatever cause.
     *
     * @return their number.
     */
    public long lost() {
        return lostByLoss + lostByList + lostByBlackout + lostByQueue + lostByOverflow;
    }

    /**
     * Packets handed out at least once; those whose delays are in the sums.
     *
     * @return their number.
     */
    public long delivered() {
        return passed - duplicated;
    }

    /**
     * The mean of the intended delays.
     *
     * @return ns, 0 if no packet was handed out.
     */
    public double meanIntendedDelayNs() {
        return mean(intendedDelayNs);
    }

    /**
     * The mean of the delays that packets really had.
     *
     * @return ns, 0 if no packet was handed out.
     */
    public double meanRealisedDelayNs() {
        return mean(intendedDelayNs + lateNs);
    }

    /**
     * How late packets were handed out in the mean.
     *
     * @return ns, 0 if no packet was handed out.
     */
    public double meanLateNs() {
        return mean(lateNs);
    }

    /**
     * Whether each packet seen is accounted for.
     *
     * @return false only if there is a fault in the machine.
     */
    public boolean isBalanced() {
        return seen == delivered() + lost() + held;
    }

    /**
     * Adds the counts of another path, or of the same path under a later schedule.
     *
     * @param other the other.
     * @return the sums, and the greater of the greatest.
     */
    public PathCounts plus(final PathCounts other) {
        return new PathCounts(
                seen + other.seen,
                passed + other.passed,
                lostByLoss + other.lostByLoss,
                lostByList + other.lostByList,
                lostByBlackout + other.lostByBlackout,
                lostByQueue + other.lostByQueue,
                lostByOverflow + other.lostByOverflow,
                duplicated + other.duplicated,
                corrupted + other.corrupted,
                reordered + other.reordered,
                cutShort + other.cutShort,
                delayed + other.delayed,
                held + other.held,
                intendedDelayNs + other.intendedDelayNs,
                lateNs + other.lateNs,
                Math.max(maxLateNs, other.maxLateNs));
    }

    /**
     * The counts by name, for a note or a table.
     *
     * @return a new map in the order of the components.
     */
    public Map<String, Long> toMap() {
        final Map<String, Long> map = new LinkedHashMap<>();
        map.put("seen", seen);
        map.put("passed", passed);
        map.put("lostByLoss", lostByLoss);
        map.put("lostByList", lostByList);
        map.put("lostByBlackout", lostByBlackout);
        map.put("lostByQueue", lostByQueue);
        map.put("lostByOverflow", lostByOverflow);
        map.put("duplicated", duplicated);
        map.put("corrupted", corrupted);
        map.put("reordered", reordered);
        map.put("cutShort", cutShort);
        map.put("delayed", delayed);
        map.put("held", held);
        map.put("intendedDelayNs", intendedDelayNs);
        map.put("lateNs", lateNs);
        map.put("maxLateNs", maxLateNs);
        return map;
    }

    private double mean(final long sumNs) {
        return delivered() == 0 ? 0 : sumNs / (double) delivered();
    }
}
