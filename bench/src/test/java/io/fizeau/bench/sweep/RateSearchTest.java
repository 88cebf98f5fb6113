package io.fizeau.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search on made-up transports whose edge is known. */
class RateSearchTest {
    private static final long SEED = 20_260_101;
    private static final int TRIALS = 3_000;
    private static final double FROM = 1_000;
    private static final double LIMIT = 1e8;
    private static final double PRECISION = 0.05;
    private static final int REPEATS = 3;

    @Test
    void shouldDoubleUntilARateFailsAndThenCloseIn() {
        List<Double> probed = new ArrayList<>();
        Bracket bracket = run(search(), rate -> below(10_000, rate), probed);

        assertThat(probed.subList(0, 7))
                .containsExactly(1_000.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 16_000.0, 16_000.0);
        assertThat(bracket.state()).isEqualTo(Bracket.State.FOUND);
        assertThat(bracket.heldPerSecond()).isLessThanOrEqualTo(10_000);
        assertThat(bracket.failedPerSecond()).isGreaterThan(10_000);
        assertThat(bracket.failedPerSecond() / bracket.heldPerSecond()).isLessThanOrEqualTo(1 + PRECISION);
        assertThat(probed.stream().filter(rate -> rate == bracket.heldPerSecond()))
                .hasSize(REPEATS);
        assertThat(probed.stream().filter(rate -> rate == bracket.failedPerSecond()))
                .hasSize(REPEATS);
    }

    @Test
    void shouldSayThatNothingHeldWhenTheFirstRateFails() {
        List<Double> probed = new ArrayList<>();
        Bracket bracket = run(search(), rate -> Outcome.FAILS, probed);

        assertThat(bracket).isEqualTo(new Bracket(0, FROM, Bracket.State.NONE_HELD));
        assertThat(probed).hasSize(REPEATS);
    }

    @Test
    void shouldEndAtTheHighestRateThatCanBeOffered() {
        List<Double> probed = new ArrayList<>();
        Bracket bracket = run(new RateSearch(FROM, 5_000, PRECISION, REPEATS), rate -> Outcome.HOLDS, probed);

        assertThat(bracket.state()).isEqualTo(Bracket.State.NO_LIMIT);
        assertThat(bracket.heldPerSecond()).isEqualTo(4_000);
        assertThat(probed).containsExactly(1_000.0, 2_000.0, 4_000.0, 4_000.0, 4_000.0);
    }

    @Test
    void shouldRiseOverASlipAndOverARateThatCannotTell() {
        List<Double> probed = new ArrayList<>();
        Bracket bracket = run(
                search(),
                rate -> rate == 1_000
                        ? Outcome.UNCLEAR
                        : rate == 2_000
                                        && probed.stream()
                                                        .filter(each -> each == 2_000)
                                                        .count()
                                                == 1
                                ? Outcome.FAILS
                                : below(10_000, rate),
                probed);

        assertThat(bracket.state()).isEqualTo(Bracket.State.FOUND);
        assertThat(bracket.heldPerSecond()).isBetween(9_000.0, 10_000.0);
    }

    @Test
    void shouldWidenTheBracketToWhereRepeatsAgree() {
        List<Double> probed = new ArrayList<>();
        // Between 9 000 and 12 000 forks take turns.
        Bracket bracket = run(
                search(),
                rate -> rate < 9_000 || (rate < 12_000 && probed.size() % 2 == 0) ? Outcome.HOLDS : Outcome.FAILS,
                probed);

        assertThat(bracket.state()).isEqualTo(Bracket.State.DISPUTED);
        assertThat(bracket.heldPerSecond()).isBetween(8_500.0, 9_000.0);
        assertThat(bracket.failedPerSecond()).isBetween(12_000.0, 12_700.0);
    }

    @Test
    void shouldSayThatItIsUnfinishedUntilItIsOver() {
        RateSearch search = search();
        search.onOutcome(search.next().orElseThrow(), Outcome.HOLDS);

        assertThat(search.bracket()).isEqualTo(new Bracket(FROM, Double.NaN, Bracket.State.UNFINISHED));
        assertThat(search.probesLeft()).isPositive();
    }

    /**
     * A fork's edge is the true one times exp(spread x a normal variate), and a share of the forks fails for no reason at all, as in a
     * slow moment of the machine.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.01, 0", "0.03, 0", "0.05, 0", "0.10, 0", "0.03, 0.05", "0, 0.10"})
    void shouldHoldTheTrueEdgeInNineOfTenBracketsWhateverTheNoise(double spread, double slips) {
        Random random = new Random(SEED);
        int covered = 0;
        int probes = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double edge = FROM * Math.exp(Math.log(4) + random.nextDouble() * Math.log(500));
            List<Double> probed = new ArrayList<>();
            Bracket bracket = run(
                    search(),
                    rate -> random.nextDouble() < slips
                            ? Outcome.FAILS
                            : below(edge * Math.exp(spread * random.nextGaussian()), rate),
                    probed);
            covered += bracket.heldPerSecond() <= edge && edge <= bracket.failedPerSecond() ? 1 : 0;
            probes += probed.size();
        }

        assertThat((double) covered / TRIALS).as("seed %d", SEED).isGreaterThanOrEqualTo(0.90);
        assertThat((double) probes / TRIALS).isLessThan(32);
    }

    private static RateSearch search() {
        return new RateSearch(FROM, LIMIT, PRECISION, REPEATS);
    }

    private static Outcome below(double edge, double rate) {
        return rate <= edge ? Outcome.HOLDS : Outcome.FAILS;
    }

    private static Bracket run(RateSearch search, DoubleFunction<Outcome> transport, List<Double> probed) {
        while (search.next().isPresent()) {
            double rate = search.next().getAsDouble();
            probed.add(rate);
            search.onOutcome(rate, transport.apply(rate));
            assertThat(probed).hasSizeLessThanOrEqualTo(RateSearch.MOST_PROBES);
        }
        return search.bracket();
    }
}
