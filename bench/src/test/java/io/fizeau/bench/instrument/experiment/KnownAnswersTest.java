package io.fizeau.bench.instrument.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.ServiceTime;
import io.fizeau.core.schedule.Arrivals;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The answers themselves, before anything is measured. */
class KnownAnswersTest {
    private static final double NS_PER_MS = 1e6;

    @Test
    void shouldKnowWhatAStallDoesToMessagesOnASchedule() {
        assertThat(StallingServer.expectedMs(90)).isCloseTo(80, within(1e-6));
        assertThat(StallingServer.expectedMs(99)).isCloseTo(188, within(1e-6));
        assertThat(StallingServer.expectedMs(99.9)).isCloseTo(198.8, within(1e-6));
        assertThat(StallingServer.expectedMs(50)).isZero();
    }

    @Test
    void shouldKnowTheMeanOfEachQueue() {
        assertThat(PoissonQueue.constant().expectedMeanMs()).isEqualTo(1.5);
        assertThat(PoissonQueue.exponential().expectedMeanMs()).isEqualTo(2.0);
    }

    @Test
    void shouldReplayTheQueuesThatTheoryDescribes() {
        final LatencyDistribution constant = replay("constant:1ms", 400_000);
        assertThat(constant.meanNs()).isCloseTo(1.5 * NS_PER_MS, Percentage.withPercentage(1));
        final LatencyDistribution exponential = replay("exponential:1ms", 400_000);
        assertThat(exponential.meanNs()).isCloseTo(2 * NS_PER_MS, Percentage.withPercentage(2));
        assertThat((double) exponential.percentileNs(99))
                .isCloseTo(2 * Math.log(100) * NS_PER_MS, Percentage.withPercentage(3));
    }

    /** Of the messages that are really sent: their own mean lies well within the tolerance of theory, before anything is measured. */
    @Test
    void shouldHaveChosenASeedThatLeavesRoomForTheMachine() {
        assertThat(replay("constant:1ms", 5_000).meanNs()).isCloseTo(1.5 * NS_PER_MS, Percentage.withPercentage(2.5));
        assertThat(replay("exponential:1ms", 30_000).meanNs())
                .isCloseTo(2.0 * NS_PER_MS, Percentage.withPercentage(2.5));
        assertThat((double) replay("exponential:1ms", 30_000).percentileNs(99))
                .isCloseTo(2.0 * Math.log(100) * NS_PER_MS, Percentage.withPercentage(5));
    }

    @Test
    void shouldAddWhatHoldsTheServerBesideItsService() {
        final Lindley alone = new Lindley(Arrivals.parse("constant", 1, 1), ServiceTime.parse("constant:1ms"), 1);
        assertThat(alone.replay(10, 0).maxNs()).isCloseTo(1_000_000, within(1_000L));
        assertThat(alone.replay(10, 500_000).maxNs()).isCloseTo(1_500_000, within(1_500L));
    }

    @Test
    void shouldTakeTheMiddleOfPairs() {
        assertThat(BurningLayer.percentile(new double[] {3, 1, 2}, 50)).isEqualTo(2);
        assertThat(BurningLayer.percentile(new double[] {3, 1, 2}, 100)).isEqualTo(3);
    }

    @Test
    void shouldFindExperimentsByName() {
        assertThat(Experiments.named(List.of("window", "clock")))
                .extracting(Experiment::name)
                .containsExactly("clock", "window");
        assertThat(Experiments.named(List.of())).isEqualTo(Experiments.all());
        assertThat(Experiments.all()).extracting(Experiment::name).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Experiments.named(List.of("nope")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("--only nope")
                .hasMessageContaining("poisson-exponential");
    }

    private static LatencyDistribution replay(final String service, final int messages) {
        return new Lindley(Arrivals.parse("poisson", 500, 42), ServiceTime.parse(service), 3).replay(messages, 0);
    }
}
