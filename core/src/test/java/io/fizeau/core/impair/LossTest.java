package io.fizeau.core.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    private static final int MANY = 1_000_000;

    @Test
    void shouldLoseThePacketsThatEveryLinkLoses() {
        final int[] lost = Impairment.parse("loss=1%:seed=42").lostOfFirst(Direction.TO_SERVER, 20_000);
        assertThat(lost).hasSize(212).startsWith(112, 190, 266, 418, 548, 629);
    }

    @ParameterizedTest
    @CsvSource({
        "gilbert=0.0025/0.25, 0.0099, 8, 4.0, .25",
        "loss=1%:burst=4, 0.01, 8, 4.0, .25",
        "loss=20%:burst=1.5, 0.2, 2, 1.5, .05",
        "loss=5%, 0.05, 2, 1.0526, .02"
    })
    void shouldLoseAsManyAndInBurstsAsLongAsAskedFor(
            final String text, final double ratio, final double percent, final double burst, final double tolerance) {
        for (int seed = 1; seed <= 5; seed++) {
            final int[] lost = Impairment.parse(text).withSeed(seed * 7_919L).lostOfFirst(Direction.TO_SERVER, MANY);
            assertThat(lost.length / (double) MANY)
                    .as("loss at seed %d", seed * 7_919)
                    .isCloseTo(ratio, Percentage.withPercentage(percent));
            assertThat(lost.length / (double) bursts(lost))
                    .as("mean burst at seed %d", seed * 7_919)
                    .isCloseTo(burst, within(tolerance));
        }
    }

    private static long bursts(final int[] lost) {
        return IntStream.range(0, lost.length)
                .filter(i -> i == 0 || lost[i] != lost[i - 1] + 1)
                .count();
    }

    @Test
    void shouldChooseTheTransitionsThatGiveTheLoss() {
        final Loss.Gilbert gilbert = new Loss.Bursts(10_000, 4).transitions();
        assertThat(gilbert.r()).isEqualTo(0.25);
        assertThat(gilbert.ratio()).isCloseTo(0.01, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"loss=1%", "gilbert=0.0025/0.25"})
    void shouldLoseOtherPacketsOnTheWayBackAndUnderAnotherSeed(final String text) {
        final Impairment impairment = Impairment.parse(text).withSeed(0x5eed1234abcdL);
        final int[] up = impairment.lostOfFirst(Direction.TO_SERVER, MANY);
        final double ratio = up.length / (double) MANY;
        assertThat(common(up, impairment.lostOfFirst(Direction.TO_CLIENT, MANY)))
                .isCloseTo(ratio * ratio, within(0.4 * ratio * ratio));
        assertThat(common(up, impairment.withSeed(0x0ddba11L).lostOfFirst(Direction.TO_SERVER, MANY)))
                .isCloseTo(ratio * ratio, within(0.4 * ratio * ratio));
        assertThat(impairment.lostOfFirst(Direction.TO_SERVER, MANY)).isEqualTo(up);
    }

    private static double common(final int[] one, final int[] other) {
        final Set<Integer> set = new HashSet<>(one.length * 2);
        IntStream.of(one).forEach(set::add);
        return IntStream.of(other).filter(set::contains).count() / (double) MANY;
    }

    @Test
    void shouldLoseForAsLongHoweverOftenItIsAsked() {
        final Loss.TimedBursts timed = new Loss.TimedBursts(100_000, 4_000_000);
        final LossProcess often = LossProcess.of(timed, 77);
        final LossProcess seldom = LossProcess.of(timed, 77);
        final long stepNs = 100_000;
        final int steps = 1_000_000;
        long bad = 0;
        long bursts = 0;
        boolean was = false;
        for (int i = 0; i < steps; i++) {
            final boolean is = often.isLost(i, i * stepNs);
            if (i % 100 == 0) {
                assertThat(seldom.isLost(i / 100, i * stepNs)).isEqualTo(is);
            }
            bad += is ? 1 : 0;
            bursts += is && !was ? 1 : 0;
            was = is;
        }
        assertThat(bad / (double) steps).isCloseTo(0.1, Percentage.withPercentage(8));
        assertThat(bad * (double) stepNs / bursts).isCloseTo(4e6, Percentage.withPercentage(8));
    }

    @Test
    void shouldLoseTheListedPacketsBesideTheRandomOnes() {
        assertThat(Impairment.parse("drops=3;17;90").lostOfFirst(Direction.TO_CLIENT, 100))
                .containsExactly(3, 17, 90);
        assertThat(Impairment.parse("loss=1%:drops=0;112:seed=42").lostOfFirst(Direction.TO_SERVER, 200))
                .containsExactly(0, 112, 190);
    }
}
