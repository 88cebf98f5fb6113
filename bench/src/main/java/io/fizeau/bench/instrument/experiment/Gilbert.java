package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import java.time.Duration;
import java.util.List;

/**
 * The schedule of a bad link by itself: which packets independent loss takes, and how often and how long bursts are. Gilbert's model
 * loses p / (p + r) of the packets in bursts of 1 / r in the mean (E. N. Gilbert, Bell System Technical Journal 39, 1960).
 */
final class Gilbert implements Experiment {
    private static final int MILLION = 1_000_000;
    private static final int DATAGRAMS = 20_000;
    private static final double LOSS = 0.0025 / (0.0025 + 0.25);
    private static final double LOSS_TOLERANCE_PERCENT = 8;
    private static final double BURST = 4;
    private static final double BURST_TOLERANCE = 0.25;

    @Override
    public String name() {
        return "link-schedule";
    }

    @Override
    public String description() {
        return "the seeded schedule of a bad link, before any packet";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(1);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final int independent = Impairment.parse("loss=1%:seed=42").lostOfFirst(Direction.TO_SERVER, DATAGRAMS).length;
        final int[] lost = Impairment.parse("gilbert=0.0025/0.25:seed=42").lostOfFirst(Direction.TO_SERVER, MILLION);
        int bursts = 0;
        for (int i = 0; i < lost.length; i++) {
            if (i == 0 || lost[i] != lost[i - 1] + 1) {
                bursts++;
            }
        }
        return List.of(
                Expectation.within(BadLink.KNOWN_DROPS, 0, "of 20000")
                        .judge(name(), "lost at 1 %, seed 42", independent, ""),
                Expectation.withinPercent(LOSS, LOSS_TOLERANCE_PERCENT, "")
                        .judge(
                                name(),
                                "Gilbert .0025/.25: share lost of a million",
                                (double) lost.length / MILLION,
                                ""),
                Expectation.within(BURST, BURST_TOLERANCE, "packets")
                        .judge(name(), "Gilbert .0025/.25: mean burst", (double) lost.length / bursts, ""));
    }
}
