package io.fizeau.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloLimitTest {
    @Test
    void shouldReadPercentilesAndTimesWithTheirUnit() {
        assertThat(SloLimit.parse(List.of("p50=20us", "p99.9=1.5ms", "max=1s")))
                .containsExactly(
                        new SloLimit("p50", 50, 20_000, "p50=20us"),
                        new SloLimit("p99.9", 99.9, 1_500_000, "p99.9=1.5ms"),
                        new SloLimit("max", 100, 1_000_000_000, "max=1s"));
        assertThat(SloLimit.parse(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p99       | such as p99=100us",
                "p99=100   | unit",
                "p99=us    | unit",
                "p99=-1us  | unit",
                "p98=100us | p50, p90, p99",
                "p99=0us   | more than 0",
                "p99=2s    | at most 1s",
            })
    void shouldRefuseInOneLineWhatIsNoLimit(String text, String named) {
        assertThatThrownBy(() -> SloLimit.parse(List.of(text)))
                .isInstanceOf(TransportException.class)
                .message()
                .contains(text, named)
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseTwoLimitsToOnePercentile() {
        assertThatThrownBy(() -> SloLimit.parse(List.of("p99=1ms", "p99=2ms"))).hasMessageContaining("twice");
    }
}
