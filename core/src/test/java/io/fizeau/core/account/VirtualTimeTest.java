package io.fizeau.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.schedule.Schedule;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experiments whose answer is known beforehand, in virtual time: here the instrument is exact, or wrong. */
class VirtualTimeTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long SEED = 42;
    /** What a histogram of three digits leaves open. */
    private static final Percentage DIGITS = Percentage.withPercentage(0.11);

    @Test
    void shouldSeeAStallAsTheMessagesThatFellDueInItDo() {
        // 200 ms in every 1.2 s: of all messages a sixth wait, for 0 to 200 ms, and as many for each time.
        final VirtualServer server = new VirtualServer(sequence -> 0).startingAt(VirtualTimeTest::afterStall);
        final PhaseReport report = run(server, Arrivals.parse("constant", 2_000, SEED), 2_400 * 20, DEADLINE_NS);
        assertThat(report.response().percentileNs(90)).isCloseTo(80 * MS, within(MS / 2));
        assertThat(report.response().percentileNs(99)).isCloseTo(188 * MS, within(MS / 2));
        assertThat(report.response().percentileNs(99.9)).isCloseTo(198_800_000L, within(MS / 2));
        assertThat(report.generatorLateness().maxNs())
                .as("the generator is not to blame")
                .isZero();
        assertThat(report.counts().onTime()).isEqualTo(2_400 * 20);
        // Twenty stalls, twenty episodes, however many messages each of them held up.
        assertThat(report.response().episodesBeyond(100 * MS)).isEqualTo(20);
    }

    @Test
    void shouldCallLateJustThoseThatCameBackAfterTheDeadline() {
        // Of each stall of 200 ms the messages that fell due in its first half, not the one due just 100 ms before its
        // end.
        final VirtualServer server = new VirtualServer(sequence -> 0).startingAt(VirtualTimeTest::afterStall);
        final PhaseReport report = run(server, Arrivals.parse("constant", 2_000, SEED), 2_400 * 20, 100 * MS);
        assertThat(report.counts().late()).isEqualTo(200 * 20);
        assertThat(report.counts().onTime()).isEqualTo(2_200 * 20);
        assertThat(report.counts().lost()).isZero();
        assertThat(report.response().count()).isEqualTo(2_400 * 20);
        assertThat(report.response().maxNs()).as("they keep their own time").isCloseTo(200 * MS, within(MS / 2));
    }

    @Test
    void shouldGiveTheMeanOfMD1() {
        // Pollaczek and Khinchine: at half load a service of 1 ms waits for half of one in the mean.
        final PhaseReport report =
                run(new VirtualServer(sequence -> MS), Arrivals.parse("poisson", 500, SEED), 400_000, DEADLINE_NS);
        assertThat(report.response().meanNs()).isCloseTo(1.5 * MS, Percentage.withPercentage(1));
    }

    @Test
    void shouldGiveTheMeanAndTheTailOfMM1() {
        final PhaseReport report =
                run(new VirtualServer(exponential(1e6)), Arrivals.parse("poisson", 500, SEED), 400_000, DEADLINE_NS);
        assertThat(report.response().meanNs()).isCloseTo(2.0 * MS, Percentage.withPercentage(2));
        // The response time of M/M/1 is exponential: p99 = mean * ln 100.
        assertThat((double) report.response().percentileNs(99))
                .isCloseTo(2.0 * Math.log(100) * MS, Percentage.withPercentage(3));
    }

    @Test
    void shouldAgreeWithLindleysRecursionMessageByMessage() {
        final int messages = 20_000;
        final LongUnaryOperator service = exponential(1e6);
        final VirtualServer server = new VirtualServer(service);
        final PhaseReport report = run(server, Arrivals.parse("poisson", 700, SEED), messages, DEADLINE_NS);
        final LatencyRecorder expected = LatencyRecorder.ofValues();
        final Schedule due = Arrivals.parse("poisson", 700, SEED).newSchedule();
        due.restart(1);
        long freeNs = 0;
        for (int i = 0; i < messages; i++) {
            final long dueNs = due.nextOffsetNs();
            freeNs = Math.max(dueNs, freeNs) + service.applyAsLong(i);
            assertThat(server.doneNs().get(i)).as("message %d", i).isEqualTo(freeNs);
            expected.record(freeNs - dueNs);
        }
        assertThat(report.response().histogram())
                .as("what was recorded")
                .isEqualTo(expected.take().histogram());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64})
    void shouldObeyLittlesLawForAWindow(final int window) {
        final VirtualServer server = new VirtualServer(exponential(1e6));
        final PacedSender sender = new PacedSender(
                Arrivals.parse("constant", 1_000, SEED).newSchedule(), 1_000, DEADLINE_NS, server, server);
        final AnswerLedger ledger = new AnswerLedger(sender, 1, 1);
        server.answersTo(ledger);
        sender.begin(1);
        ledger.open();
        final int messages = 50_000;
        while (sender.accepted() < messages) {
            if (sender.accepted() - ledger.answered() < window) {
                sender.sendNow();
            } else {
                server.idle(Long.MAX_VALUE);
            }
        }
        while (ledger.answered() < messages) {
            server.idle(Long.MAX_VALUE);
        }
        ledger.close();
        final long tookNs = server.nanoTime();
        final LatencyDistribution response =
                PhaseReport.of(sender, 0, List.of(ledger), 0, 0, tookNs).response();
        assertThat(messages * response.meanNs() / tookNs).isCloseTo(window, Percentage.withPercentage(0.3));
    }

    @Test
    void shouldSayThatARateCannotBeReached() {
        // A service of 1 ms and 2 000 messages a second: half of them can be taken, whatever one does.
        final VirtualServer server = new VirtualServer(sequence -> MS).withCapacity(16);
        final PacedSender sender =
                new PacedSender(Arrivals.parse("constant", 2_000, SEED).newSchedule(), 2_000, 200 * MS, server, server);
        final AnswerLedger ledger = new AnswerLedger(sender, 1, 1);
        server.answersTo(ledger);
        sender.begin(1);
        ledger.open();
        while (server.nanoTime() < 4_000 * MS) {
            sender.sendNext();
        }
        final long endNs = server.nanoTime();
        final long unsent = sender.finish(endNs, endNs + 200 * MS);
        ledger.close();
        final PhaseReport report = PhaseReport.of(sender, unsent, List.of(ledger), 0, 0, endNs);
        assertThat(report.counts().due()).isCloseTo(8_000, within(2L));
        assertThat(report.counts().accepted()).isLessThan(4_300);
        assertThat(report.counts().refused()).isPositive();
        assertThat(report.generatorLateness().percentileNs(99))
                .as("it is not the generator")
                .isZero();
        assertThat(report.sendLag().percentileNs(99)).isGreaterThan(1_000 * MS);
    }

    @Test
    void shouldNameAGeneratorThatIsSlow() {
        // The sending thread is away for 1 ms before each message, and messages are due twice as often.
        final VirtualServer server = new VirtualServer(sequence -> 0).withSendCost(1_000);
        final PhaseReport report = run(server, Arrivals.parse("constant", 2_000, SEED), 4_000, DEADLINE_NS, MS);
        final double lateness = report.generatorLateness().meanNs();
        assertThat(lateness).isCloseTo(report.response().meanNs(), Percentage.withPercentage(1));
        assertThat(report.sendLag().meanNs()).isLessThan(lateness / 100);
    }

    @Test
    void shouldBlameASlowSendAndNotTheGenerator() {
        final VirtualServer server = new VirtualServer(sequence -> 0).withSendCost(MS);
        final PhaseReport report = run(server, Arrivals.parse("constant", 2_000, SEED), 4_000, DEADLINE_NS, 1_000);
        assertThat(report.generatorLateness().meanNs())
                .isLessThan(report.response().meanNs() / 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "poisson", "burst:16"})
    void shouldSplitTheResponseWithoutRest(final String arrivals) {
        final VirtualServer server = new VirtualServer(exponential(0.25e6)).withSendCost(30_000);
        final PhaseReport report = run(server, Arrivals.parse(arrivals, 2_500, SEED), 20_000, DEADLINE_NS, 50_000);
        final double parts = report.generatorLateness().meanNs()
                + report.sendLag().meanNs()
                + report.flight().meanNs();
        assertThat(parts).isCloseTo(report.response().meanNs(), DIGITS);
        assertThat(report.generatorLateness().meanNs() > 0)
                .as("away for 50 us of every 400, which only equal intervals leave room for")
                .isEqualTo(!arrivals.equals("constant"));
        assertThat(report.service().meanNs())
                .isLessThanOrEqualTo(report.response().meanNs());
    }

    @Test
    void shouldRepeatItselfExactlyFromTheSameSeed() {
        final PhaseReport one =
                run(new VirtualServer(exponential(1e6)), Arrivals.parse("poisson", 500, 7), 10_000, DEADLINE_NS);
        final PhaseReport two =
                run(new VirtualServer(exponential(1e6)), Arrivals.parse("poisson", 500, 7), 10_000, DEADLINE_NS);
        assertThat(two.response().histogram()).isEqualTo(one.response().histogram());
        final PhaseReport other =
                run(new VirtualServer(exponential(1e6)), Arrivals.parse("poisson", 500, 8), 10_000, DEADLINE_NS);
        assertThat(other.response().histogram()).isNotEqualTo(one.response().histogram());
    }

    private static PhaseReport run(
            final VirtualServer server, final Arrivals arrivals, final int messages, final long deadlineNs) {
        return run(server, arrivals, messages, deadlineNs, 0);
    }

    private static PhaseReport run(
            final VirtualServer server,
            final Arrivals arrivals,
            final int messages,
            final long deadlineNs,
            final long generatorPauseNs) {
        final PacedSender sender =
                new PacedSender(arrivals.newSchedule(), arrivals.ratePerSecond(), deadlineNs, server, server);
        final AnswerLedger ledger = new AnswerLedger(sender, 1, 1);
        server.answersTo(ledger);
        sender.begin(1);
        ledger.open();
        for (int i = 0; i < messages; i++) {
            assertThat(sender.sendNext()).isEqualTo(i);
            server.pauseGenerator(generatorPauseNs);
        }
        final long tookNs = server.nanoTime();
        while (ledger.answered() < messages) {
            server.idle(Long.MAX_VALUE);
        }
        ledger.close();
        return PhaseReport.of(sender, 0, List.of(ledger), 0, 0, tookNs);
    }

    private static long afterStall(final long nowNs) {
        final long periodNs = 1_200 * MS;
        final long inPeriodNs = nowNs % periodNs;
        return inPeriodNs >= 1_000 * MS ? nowNs - inPeriodNs + periodNs : nowNs;
    }

    /** Exponential service times, the same for the same sequence. */
    private static LongUnaryOperator exponential(final double meanNs) {
        return sequence -> (long) (-Math.log(1 - new SplittableRandom(sequence).nextDouble()) * meanNs);
    }
}
