package io.fizeau.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoopSettingsTest {
    private static final Guarantees TOGETHER = Guarantees.of(1 << 16, Guarantee.CONCURRENT_SEND);
    private static final Guarantees EACH_BY_ITSELF = TOGETHER.with(Guarantee.POLLED_PER_CONNECTION);

    @ParameterizedTest
    @CsvSource({"SENDER, 0, 0", "TRANSPORT, 0, 0", "RECEIVER, 1, 5"})
    void shouldHaveAsManyReceivingThreadsAsHaveToPoll(
            final OpenLoopSettings.Delivery delivery, final int together, final int eachByItself) {
        assertThat(settings(delivery).receivers(TOGETHER)).isEqualTo(together);
        assertThat(settings(delivery).receivers(EACH_BY_ITSELF)).isEqualTo(eachByItself);
    }

    @ParameterizedTest
    @CsvSource({"SENDER, 2, 2", "TRANSPORT, 3, 3", "RECEIVER, 3, 7"})
    void shouldSpinOnlyWhereEachSpinningThreadHasAProcessor(
            final OpenLoopSettings.Delivery delivery, final int together, final int eachByItself) {
        assertThat(settings(delivery).idle(together, TOGETHER)).isEqualTo(Idle.SPIN);
        assertThat(settings(delivery).idle(together - 1, TOGETHER)).isEqualTo(Idle.YIELD);
        assertThat(settings(delivery).idle(eachByItself, EACH_BY_ITSELF)).isEqualTo(Idle.SPIN);
        assertThat(settings(delivery).idle(eachByItself - 1, EACH_BY_ITSELF)).isEqualTo(Idle.YIELD);
    }

    private static OpenLoopSettings settings(final OpenLoopSettings.Delivery delivery) {
        return new OpenLoopSettings(Arrivals.parse("constant", 1_000, 1), TimeUnit.SECONDS.toNanos(1), 5, delivery);
    }
}
