package io.fizeau.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.stats.Summary;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void shouldWriteThreeSignificantDigits() {
        assertThat(Figures.significant(8.304)).isEqualTo("8.30");
        assertThat(Figures.significant(0.018149)).isEqualTo("0.0181");
        assertThat(Figures.significant(9.996)).isEqualTo("10.0");
        assertThat(Figures.significant(2823.4)).isEqualTo("2820");
        assertThat(Figures.significant(1)).isEqualTo("1.00");
        assertThat(Figures.significant(0)).isEqualTo("0");
        assertThat(Figures.significant(Double.NaN)).isEqualTo("-");
    }

    @Test
    void shouldChooseAUnitByTheRoundedValue() {
        assertThat(Figures.duration(118)).isEqualTo("118 ns");
        assertThat(Figures.duration(999.4)).isEqualTo("999 ns");
        assertThat(Figures.duration(999.6)).isEqualTo("1.00 us");
        assertThat(Figures.duration(8312)).isEqualTo("8.31 us");
        assertThat(Figures.duration(4.13e6)).isEqualTo("4.13 ms");
        assertThat(Figures.duration(2e9)).isEqualTo("2.00 s");
        assertThat(Figures.duration(Double.POSITIVE_INFINITY)).isEqualTo("-");
    }

    @Test
    void shouldWriteARangeInTheUnitOfTheMedian() {
        assertThat(Figures.durationRange(new Summary(6, 8310, 890, 12_345))).isEqualTo("0.890-12.3");
        assertThat(Figures.durationRange(new Summary(6, 7910, 7370, 31.7e6))).isEqualTo("7.37-31.7ms");
        assertThat(Figures.durationRange(Summary.of(5))).isEmpty();
    }

    @Test
    void shouldWriteRatesWithASuffix() {
        assertThat(Figures.count(950)).isEqualTo("950");
        assertThat(Figures.count(9_999)).isEqualTo("10.0k");
        assertThat(Figures.count(203_400)).isEqualTo("203k");
        assertThat(Figures.count(999_900)).isEqualTo("1.00M");
        assertThat(Figures.count(88_123_456)).isEqualTo("88.1M");
        assertThat(Figures.count(3.2e9)).isEqualTo("3.20G");
    }

    @Test
    void shouldNotPretendToSeeFractionsOfAByte() {
        assertThat(Figures.bytesPerOp(0.0041)).isEqualTo("0");
        assertThat(Figures.bytesPerOp(0.26)).isEqualTo("0.26");
        assertThat(Figures.bytesPerOp(16.0004)).isEqualTo("16");
        assertThat(Figures.bytesPerOp(-0.0001)).isEqualTo("0");
        assertThat(Figures.bytesPerOp(Double.NaN)).isEqualTo("-");
    }

    @Test
    void shouldGiveAnIntervalTheDecimalsOfItsRatio() {
        assertThat(Figures.likePrecision(0.9, 0.8312)).isEqualTo("0.900");
        assertThat(Figures.likePrecision(0.01765, 0.0181)).isEqualTo("0.0177");
        assertThat(Figures.likePrecision(123.4, 118)).isEqualTo("123");
        assertThat(Figures.likePrecision(Double.NaN, 1)).isEqualTo("-");
    }

    @Test
    void shouldWritePercentWithTwoDigits() {
        assertThat(Figures.percent(0.0237)).isEqualTo("2.4 %");
        assertThat(Figures.percent(0.1249)).isEqualTo("12 %");
        assertThat(Figures.percent(1.5)).isEqualTo("150 %");
        assertThat(Figures.percent(2_445_759.37)).isEqualTo(">999 %");
        assertThat(Figures.interval(0.7123, 1.119, 0.911)).isEqualTo("0.712-1.119");
        assertThat(Figures.interval(2.3e-6, 99_002.967, 0.23)).isEqualTo("<0.001->999");
    }
}
