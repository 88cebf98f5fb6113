package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.impair.Loss;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TheoryRowsTest {
    private static final double MSS = 1448;

    @Test
    void shouldSayWhatRenoWouldCarry() {
        Map<String, Double> rows = map(
                TheoryRows.goodput(Underlay.TCP, TrialImpairment.parse("loss=1%:delay=10ms", "reno", "200ms"), MSS));

        // 1448 * 8 / 0.02 * sqrt(1.5) / sqrt(0.01) bit/s.
        assertThat(rows.get("theory:mathis")).isCloseTo(7.0937, Percentage.withPercentage(0.01));
        assertThat(rows.get("theory:pftk")).isPositive().isLessThan(rows.get("theory:mathis"));
        assertThat(rows).doesNotContainKey("theory:cubic");
    }

    @Test
    void shouldAddCubicsOwnWhereTheRowHasCubic() {
        assertThat(map(TheoryRows.goodput(
                        Underlay.TCP, TrialImpairment.parse("loss=1%:delay=10ms", "cubic", "200ms"), MSS)))
                .containsKey("theory:cubic");
    }

    @Test
    void shouldSayNothingWhereNoFormulaHolds() {
        assertThat(TheoryRows.goodput(Underlay.TCP, TrialImpairment.parse("delay=10ms", "reno", "200ms"), MSS))
                .isEmpty();
        assertThat(TheoryRows.goodput(Underlay.TCP, TrialImpairment.parse("loss=1%", "reno", "200ms"), MSS))
                .isEmpty();
        assertThat(TheoryRows.goodput(Underlay.AERON, TrialImpairment.parse("loss=1%:delay=10ms", "host", "host"), MSS))
                .isEmpty();
        assertThat(TheoryRows.recovery(Underlay.TCP, TrialImpairment.parse("delay=10ms", "reno", "200ms"), 1e6))
                .isEmpty();
    }

    @Test
    void shouldTellTheTimeOfARepairFromThatOfATimer() {
        TrialImpairment impairment = TrialImpairment.parse("loss=1%:delay=10ms", "cubic", "200ms");
        Map<String, Double> open = map(TheoryRows.recovery(Underlay.TCP, impairment, 2e6));

        // 1.5 RTT + 3 gaps less half an RTT; nine eighths of one take 2.5 ms beyond it.
        assertThat(open.get("theory:extra.sack")).isCloseTo(22.5, Percentage.withPercentage(0.01));
        assertThat(open.get("theory:extra.rto")).isCloseTo(220, Percentage.withPercentage(0.01));
        assertThat(map(TheoryRows.recovery(Underlay.TCP, impairment, Double.POSITIVE_INFINITY)))
                .containsOnlyKeys("theory:extra.rto");
        assertThat(map(TheoryRows.recovery(
                        Underlay.TCP, TrialImpairment.parse("loss=1%:delay=1ms", "cubic", "5ms"), 2e6)))
                .extractingByKey("theory:extra.rto")
                .isEqualTo(7.0);
    }

    @Test
    void shouldAskTheHeartbeatForAeronsTail() {
        TrialImpairment impairment = TrialImpairment.parse("loss=1%:delay=10ms", "host", "host");
        Map<String, Double> open = map(TheoryRows.recovery(Underlay.AERON, impairment, 2e6));

        assertThat(open.get("theory:extra.nak")).isCloseTo(22, Percentage.withPercentage(1));
        assertThat(open.get("theory:extra.tail")).isCloseTo(120, Percentage.withPercentage(1));
    }

    @Test
    void shouldCountTheLossesOfABurstOnce() {
        assertThat(TheoryRows.lossEvents(new Loss.Independent(10_000))).isEqualTo(0.01);
        assertThat(TheoryRows.lossEvents(new Loss.Bursts(10_000, 4))).isEqualTo(0.0025);
        assertThat(TheoryRows.lossEvents(new Loss.Gilbert(0.0025, 0.25)))
                .isCloseTo(0.002475, Percentage.withPercentage(0.1));
        assertThat(TheoryRows.lossEvents(new Loss.TimedBursts(10_000, 1_000_000)))
                .isNaN();
    }

    private static Map<String, Double> map(List<Figure> rows) {
        return rows.stream().collect(Collectors.toMap(Figure::label, Figure::value));
    }
}
