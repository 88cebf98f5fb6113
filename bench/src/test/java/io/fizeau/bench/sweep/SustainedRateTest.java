package io.fizeau.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.schedule.Arrivals;
import java.util.List;
import org.junit.jupiter.api.Test;

class SustainedRateTest {
    private static final Arrivals TEN_K = Arrivals.parse("constant", 10_000, 0);
    private static final SustainedRate ANY = new SustainedRate(List.of(), true, true);

    @Test
    void shouldHoldWhenAllIsWell() {
        assertThat(ANY.judge(figures(10_000, 10_000, 0, steady(20_000), late(500)), TEN_K, 1))
                .isEqualTo(new Judgement(Outcome.HOLDS, "", true));
    }

    @Test
    void shouldFailWhenMessagesWereNotAccepted() {
        Judgement judgement = ANY.judge(figures(10_000, 9_000, 0, steady(20_000), late(500)), TEN_K, 1);

        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILS);
        assertThat(judgement.why()).isEqualTo("accepted 90.0 % of what fell due");
        assertThat(judgement.isRateKept()).isFalse();
    }

    @Test
    void shouldFailWhenABacklogIsOnlyTakenAfterTheMeasuredTime() {
        Judgement judgement =
                ANY.judge(new ProbeFigures(6_100, steady(20_000), late(500), 10_000, 10_000, 0, 0, 0, 0), TEN_K, 1);

        assertThat(judgement.why()).isEqualTo("sent 61.0 % of the rate");
        assertThat(judgement.isRateKept()).isFalse();
    }

    @Test
    void shouldAllowWhatIsChanceInAPoissonProcess() {
        ProbeFigures figures = new ProbeFigures(9_750, steady(20_000), late(500), 9_750, 9_750, 0, 0, 0, 0);

        assertThat(ANY.judge(figures, Arrivals.parse("poisson", 10_000, 0), 1).outcome())
                .isEqualTo(Outcome.HOLDS);
        assertThat(ANY.judge(figures, TEN_K, 1).outcome()).isEqualTo(Outcome.FAILS);
    }

    @Test
    void shouldFailALostMessageOnlyWhereNoneMayBeLost() {
        ProbeFigures figures = figures(10_000, 10_000, 1, steady(20_000), late(500));

        assertThat(ANY.judge(figures, TEN_K, 1).why()).isEqualTo("1 message lost, promised reliable");
        assertThat(new SustainedRate(List.of(), false, true)
                        .judge(figures, TEN_K, 1)
                        .outcome())
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void shouldNameALateGeneratorAndNotTheTransportWhereALimitWasNotKept() {
        assertThat(limited("p50=40us")
                        .judge(figures(10_000, 10_000, 0, steady(50_000), late(20_000)), TEN_K, 1)
                        .why())
                .isEqualTo("the generator was late: p99 20.0 us");
        // A tenth of the response time, or 10 us, may be the generator's.
        assertThat(limited("p50=400us")
                        .judge(figures(10_000, 10_000, 0, steady(500_000), late(20_000)), TEN_K, 1)
                        .why())
                .startsWith("p50 500.")
                .endsWith("limit p50=400us");
        assertThat(limited("p50=8us")
                        .judge(figures(10_000, 10_000, 0, steady(9_000), late(9_000)), TEN_K, 1)
                        .why())
                .startsWith("p50 9.")
                .endsWith("limit p50=8us");
    }

    @Test
    void shouldLetARateHoldThatKeptItsLimitsHoweverLateTheGenerator() {
        assertThat(limited("p50=60us")
                        .judge(figures(10_000, 10_000, 0, steady(50_000), late(20_000)), TEN_K, 1)
                        .outcome())
                .isEqualTo(Outcome.HOLDS);
        assertThat(ANY.judge(figures(10_000, 10_000, 0, steady(50_000), late(20_000)), TEN_K, 1)
                        .outcome())
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void shouldFailWhenAPercentileIsOverItsLimit() {
        ProbeFigures figures = figures(10_000, 10_000, 0, tail(20_000, 300_000, 200, 200), late(500));

        assertThat(limited("p99=100us").judge(figures, TEN_K, 1).why())
                .startsWith("p99 30")
                .endsWith("limit p99=100us");
        assertThat(limited("p50=10us,p99=1ms").judge(figures, TEN_K, 1).why()).startsWith("p50 20.0 us");
        assertThat(limited("p50=50us").judge(figures, TEN_K, 1).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(limited("max=100us").judge(figures, TEN_K, 1).why()).startsWith("max 3");
    }

    @Test
    void shouldSayThatItCannotTellWhenOneEpisodeMakesTheTail() {
        // 200 of 10 000 are slow, all in a row: one event, however many messages.
        ProbeFigures figures = figures(10_000, 10_000, 0, tail(20_000, 300_000, 200, 1), late(500));

        Judgement judgement = limited("p99=100us").judge(figures, TEN_K, 1);

        assertThat(judgement.outcome()).isEqualTo(Outcome.UNCLEAR);
        assertThat(judgement.why()).startsWith("p99 cannot be told");
        assertThat(limited("p99=1ms").judge(figures, TEN_K, 1).outcome())
                .as("not even the maximum is over the limit")
                .isEqualTo(Outcome.HOLDS);
        assertThat(limited("p99=10us").judge(figures, TEN_K, 1).why())
                .as("the median is over the limit already")
                .startsWith("p50 ");
    }

    private static SustainedRate limited(String slo) {
        return new SustainedRate(SloLimit.parse(List.of(slo.split(","))), true, true);
    }

    private static ProbeFigures figures(
            double due, double accepted, double lost, LatencyDistribution response, LatencyDistribution lateness) {
        return new ProbeFigures(accepted, response, lateness, due, accepted, lost, 0, 0, 0);
    }

    /** As the sending thread records it: without episodes. */
    private static LatencyDistribution late(long ns) {
        LatencyRecorder recorder = LatencyRecorder.ofValues();
        for (int i = 0; i < 10_000; i++) {
            recorder.record(ns);
        }
        return recorder.take();
    }

    private static LatencyDistribution steady(long ns) {
        return tail(ns, ns, 0, 1);
    }

    /** 10 000 values, of which some are slow, in so many episodes. */
    private static LatencyDistribution tail(long ns, long slowNs, int slow, int episodes) {
        LatencyRecorder recorder = LatencyRecorder.withEpisodes();
        int each = slow / episodes;
        for (int i = 0; i < 10_000; i++) {
            int place = i % (10_000 / episodes);
            recorder.record(place < each ? slowNs + i : ns);
        }
        return recorder.take();
    }
}
