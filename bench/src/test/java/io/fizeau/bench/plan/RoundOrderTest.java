package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static List<Row> rows(int count, int rounds) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Row("a.B.c", Map.of("transport", "t" + i), "c", rounds))
                .toList();
    }
}
