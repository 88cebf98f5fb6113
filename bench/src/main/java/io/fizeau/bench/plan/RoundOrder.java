package io.fizeau.bench.plan;

import io.fizeau.core.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of rows within each round. A slow minute of the machine then falls on all rows alike, and no row always follows the
 * same other one. A pure function of the seed and the round, so that the manifest can state it and anyone can repeat it.
 */
public final class RoundOrder {
    /** The odd constant of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private RoundOrder() {}

    /**
     * The rows of one round in the order to run.
     *
     * @param rows all rows of the run.
     * @param seed the run's seed.
     * @param round the round, from 0.
     * @param rounds the rounds of the run.
     * @return those rows that take part in this round, shuffled.
     */
    public static List<Row> of(final List<Row> rows, final long seed, final int round, final int rounds) {
        final List<Row> taking = new ArrayList<>();
        for (final Row row : rows) {
            if (takesPart(row.rounds(), round, rounds)) {
                taking.add(row);
            }
        }
        // Collections.shuffle and Random are specified to the bit: the same order on every JDK.
        Collections.shuffle(taking, new Random(seed + (round + 1) * GOLDEN_GAMMA));
        return List.copyOf(taking);
    }

    /**
     * The sides of a row in the order to run. Which goes first is random, and over two rounds of the row each has been first once: so
     * whatever the second of two forks has of the first falls on both sides alike.
     *
     * @param sides one, or two.
     * @param rowIndex the row's place among all rows.
     * @param rowRounds how many rounds the row takes part in.
     * @param seed the run's seed.
     * @param round a round in which the row takes part, from 0.
     * @param rounds the rounds of the run.
     * @return the sides, as they are or reversed.
     */
    static List<Side> sides(
            final List<Side> sides,
            final int rowIndex,
            final int rowRounds,
            final long seed,
            final int round,
            final int rounds) {
        final long turn = ceilDiv((long) round * rowRounds, rounds);
        final long coin = SplitMix64.mix(SplitMix64.mix(seed + rowIndex) + turn / 2);
        if ((coin & 1) == turn % 2) {
            return sides;
        }
        final List<Side> reversed = new ArrayList<>(sides);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Spreads a row's rounds evenly over the run's, the first one included, so that each row shows early. */
    static boolean takesPart(final int rowRounds, final int round, final int rounds) {
        return ceilDiv((round + 1L) * rowRounds, rounds) > ceilDiv((long) round * rowRounds, rounds);
    }

    private static long ceilDiv(final long dividend, final long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}
