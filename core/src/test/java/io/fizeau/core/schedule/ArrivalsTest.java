package io.fizeau.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    @Test
    void shouldNotDriftHoweverUnevenTheInterval() {
        final Schedule schedule = Arrivals.parse("constant", 3, 0).newSchedule();
        long offset = 0;
        for (long n = 0; n <= 3_000_000; n++) {
            offset = schedule.nextOffsetNs();
        }
        assertThat(offset).isCloseTo(1_000_000_000_000_000L, within(1L));
    }

    @Test
    void shouldSendABurstAtOnceAndKeepTheMeanRate() {
        final Schedule schedule = Arrivals.parse("burst:4", 1_000, 0).newSchedule();
        for (long n = 0; n < 40; n++) {
            assertThat(schedule.nextOffsetNs()).as("message %d", n).isEqualTo(n / 4 * 4_000_000);
        }
    }

    @Test
    void shouldDrawExponentialIntervals() {
        final Schedule schedule = Arrivals.parse("poisson", 1_000, 9).newSchedule();
        final int count = 200_000;
        double squares = 0;
        long longerThanTwice = 0;
        long previous = 0;
        for (int n = 0; n < count; n++) {
            final long offset = schedule.nextOffsetNs();
            final double interval = offset - previous;
            assertThat(interval).isGreaterThanOrEqualTo(0);
            squares += interval * interval;
            longerThanTwice += interval > 2_000_000 ? 1 : 0;
            previous = offset;
        }
        assertThat(previous / (double) count).isCloseTo(1_000_000, Percentage.withPercentage(1));
        assertThat(squares / count).as("twice the square of the mean").isCloseTo(2e12, Percentage.withPercentage(3));
        assertThat(longerThanTwice / (double) count).isCloseTo(Math.exp(-2), within(0.003));
    }

    @Test
    void shouldDrawTheSameFromTheSameSeedAndOthersInAnotherPhase() {
        final Schedule one = Arrivals.parse("poisson", 1_000, 9).newSchedule();
        final Schedule two = Arrivals.parse("poisson", 1_000, 9).newSchedule();
        one.restart(3);
        two.restart(3);
        final long first = one.nextOffsetNs();
        assertThat(two.nextOffsetNs()).isEqualTo(first);
        two.restart(4);
        assertThat(two.nextOffsetNs()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-4, Double.NaN, Double.POSITIVE_INFINITY, 1.1e9})
    void shouldRefuseARateThatNoClockCanKeep(final double rate) {
        assertThatThrownBy(() -> Arrivals.parse("constant", rate, 0))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("must be from one message in 1000 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "burst", "burst:x", ""})
    void shouldListTheKnownProcesses(final String arrivals) {
        assertThatThrownBy(() -> Arrivals.parse(arrivals, 1, 0))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(
                        "arrivals=" + arrivals + " is unknown: the known ones are constant, poisson, burst:N");
    }

    @ParameterizedTest
    @CsvSource({"10000, 10000", "10k, 10000", "1.5M, 1500000", "250, 250"})
    void shouldReadRates(final String text, final double rate) {
        assertThat(Arrivals.parseRate(text)).isEqualTo(rate);
    }

    @Test
    void shouldRefuseWhatIsNoRate() {
        assertThatThrownBy(() -> Arrivals.parseRate("fast"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("rate=fast is no number of messages a second");
    }
}
