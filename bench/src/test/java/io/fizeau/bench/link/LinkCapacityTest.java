package io.fizeau.bench.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.plan.Row;
import io.fizeau.core.error.TransportException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkCapacityTest {
    @Test
    void shouldRefuseMoreMessagesThanTheLinkCanCarryThereAndBack() {
        assertThatThrownBy(() -> LinkCapacity.check("tun", 50_000, row("30k", "256")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("60,000 packets")
                .hasMessageContaining("at most 25000");
    }

    @Test
    void shouldCountThePacketsOfALongMessage() {
        assertThatThrownBy(() -> LinkCapacity.check("tun", 50_000, row("10k", "8192")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("120,000 packets");
    }

    @Test
    void shouldLetPassWhatItCanCarry() {
        assertThatCode(() -> LinkCapacity.check("tun", 50_000, row("25k", "256")))
                .doesNotThrowAnyException();
        assertThatCode(() -> LinkCapacity.check(
                        "tun", 1, new Row("io.fizeau.bench.suite.Some.method", Map.of(), "method", 1)))
                .doesNotThrowAnyException();
    }

    private static Row row(final String rate, final String bytes) {
        return new Row("io.fizeau.bench.suite.Some.method", Map.of("rate", rate, "messageBytes", bytes), "method", 1);
    }
}
