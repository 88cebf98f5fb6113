package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundOrderTest {
    private static final int ROUNDS = 6;

    @Test
    void shouldGiveTheSameOrderForTheSameSeed() {
        List<Row> rows = rows(8, ROUNDS);

        assertThat(RoundOrder.of(rows, 42, 3, ROUNDS)).isEqualTo(RoundOrder.of(rows, 42, 3, ROUNDS));
    }

    /** Written down once: an order in an old manifest must be repeatable with any later build. */
    @Test
    void shouldKeepTheOrderOfOldManifests() {
        List<String> order = RoundOrder.of(rows(5, ROUNDS), 1, 0, ROUNDS).stream()
                .map(Row::transport)
                .toList();

        assertThat(order).containsExactly("t1", "t3", "t2", "t0", "t4");
    }

    @Test
    void shouldOrderEachRoundAnewAndHoldEachRowOnce() {
        List<Row> rows = rows(8, ROUNDS);
        List<List<Row>> orders = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            orders.add(RoundOrder.of(rows, 7, round, ROUNDS));
        }

        assertThat(orders)
                .doesNotHaveDuplicates()
                .allSatisfy(order -> assertThat(order).containsExactlyInAnyOrderElementsOf(rows));
    }

    @ParameterizedTest
    @CsvSource({"6, 3", "6, 6", "10, 5", "7, 3", "1, 1", "20, 1"})
    void shouldLetARowTakePartAsOftenAsItShouldAndFromTheFirstRoundOn(int rounds, int rowRounds) {
        List<Integer> taken = IntStream.range(0, rounds)
                .filter(round -> RoundOrder.takesPart(rowRounds, round, rounds))
                .boxed()
                .toList();

        assertThat(taken).hasSize(rowRounds).contains(0);
    }

    @Test
    void shouldLetTheSidesOfARowFollowOneAnotherInTheSameOrderOfRowsAsAlone() {
        RunPlan alone = plan(8, ROUNDS, 7);
        RunPlan both = alone.withBothSides();

        for (int round = 0; round < ROUNDS; round++) {
            List<PlannedFork> forks = both.order(round);
            assertThat(alone.order(round)).extracting(PlannedFork::side).containsOnly(Side.ALONE);
            assertThat(forks).hasSize(16);
            for (int pair = 0; pair < 8; pair++) {
                Row row = alone.order(round).get(pair).row();
                assertThat(forks.subList(2 * pair, 2 * pair + 2))
                        .extracting(PlannedFork::row)
                        .containsExactly(row, row);
                assertThat(forks.subList(2 * pair, 2 * pair + 2))
                        .extracting(PlannedFork::side)
                        .containsExactlyInAnyOrder(Side.BASE, Side.CANDIDATE);
            }
        }
        assertThat(both.forkCount()).isEqualTo(2 * alone.forkCount());
        assertThat(both.estimate()).isEqualTo(alone.estimate().multipliedBy(2));
    }

    /** Else the base of one row would always have the machine as the candidate left it. */
    @ParameterizedTest
    @CsvSource({"6, 6", "6, 3", "10, 5", "7, 4"})
    void shouldLetEachSideGoFirstOnceInTwoTurnsOfARow(int rounds, int rowRounds) {
        for (int seed = 0; seed < 20; seed++) {
            RunPlan plan =
                    new RunPlan(rows(5, rowRounds), rounds, seed, List.of(), Map.of(), Duration.ZERO).withBothSides();
            for (Row row : plan.rows()) {
                List<Side> first = firstOf(plan, row);
                assertThat(first).hasSize(rowRounds);
                for (int turn = 0; turn + 1 < rowRounds; turn += 2) {
                    assertThat(first.get(turn)).as("seed " + seed).isNotEqualTo(first.get(turn + 1));
                }
            }
        }
    }

    @Test
    void shouldDrawWhichSideGoesFirstFromTheSeed() {
        List<List<Side>> draws = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            RunPlan plan = plan(1, ROUNDS, seed).withBothSides();
            draws.add(firstOf(plan, plan.rows().get(0)));
            assertThat(firstOf(
                            plan(1, ROUNDS, seed).withBothSides(), plan.rows().get(0)))
                    .isEqualTo(draws.get(seed));
        }

        // Three coins of two rounds each.
        assertThat(draws.stream().distinct()).hasSize(8);
    }

    private static List<Side> firstOf(RunPlan plan, Row row) {
        return IntStream.range(0, plan.rounds())
                .mapToObj(round -> plan.order(round).stream()
                        .filter(fork -> fork.row().equals(row))
                        .findFirst())
                .flatMap(Optional::stream)
                .map(PlannedFork::side)
                .toList();
    }

    private static RunPlan plan(int rows, int rounds, long seed) {
        return new RunPlan(rows(rows, rounds), rounds, seed, List.of(), Map.of(), Duration.ofSeconds(1));
    }

    private static List<Row> rows(int count, int rounds) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Row("a.B.c", Map.of("transport", "t" + i), "c", rounds))
                .toList();
    }
}
