package io.fizeau.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SolitudeTest {
    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE);
    private final Solitude solitude = new Solitude(nowNs::get);

    @Test
    void shouldBeLongBeforeAnybodyHasCome() {
        assertThat(solitude.isLong()).isTrue();
    }

    @Test
    void shouldBeLongOnlyASecondAfterSomebodyWasThere() {
        solitude.end();
        assertThat(solitude.isLong()).isFalse();
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(solitude.isLong()).isFalse();
        solitude.end();
        assertThat(solitude.isLong()).isFalse();
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(solitude.isLong()).isFalse();
        nowNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(solitude.isLong()).isTrue();
        solitude.end();
        assertThat(solitude.isLong()).isFalse();
    }
}
