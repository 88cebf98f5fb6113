package io.fizeau.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.transport.SendStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stalls that hold up all connections at once: each is one episode, whoever sees it. */
class EpisodesTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double RATE = 1_000;
    /** Of 300 ms each, of which the first 100 ms are the stall. */
    private static final int PERIOD_MS = 300;

    private static final long STALL_MS = 100;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "4, 4", "1, 64"})
    void shouldCountAStallOnceHoweverManyLedgersAndConnectionsSeeIt(final int ledgers, final int connections) {
        final PhaseReport report = run(ledgers, connections, 9, 0);
        assertThat(report.response().episodesBeyond(50 * MS)).isEqualTo(9);
        assertThat(report.response().isSupported(90))
                .as("300 messages beyond it, and nine events")
                .isFalse();
        assertThat(run(ledgers, connections, 10, 0).response().isSupported(90)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "1, 4"})
    void shouldCountMessagesThatWereLostTogetherOnce(final int ledgers, final int connections) {
        final PhaseReport report = run(ledgers, connections, 0, 9);
        assertThat(report.counts().lost()).isEqualTo(9 * STALL_MS);
        assertThat(report.response().episodesBeyond(500 * MS)).isEqualTo(9);
        assertThat(report.response().isSupported(90)).isFalse();
    }

    /** Periods with a stall, in each of which one connection after the other is read empty afterwards, and periods with losses. */
    private static PhaseReport run(final int ledgerCount, final int connections, final int stalls, final int losses) {
        final Collector collector = new Collector();
        final PacedSender sender = new PacedSender(
                Arrivals.parse("constant", RATE, 1).newSchedule(),
                RATE,
                TimeUnit.SECONDS.toNanos(1),
                collector,
                collector);
        final List<AnswerLedger> ledgers = IntStream.range(0, ledgerCount)
                .mapToObj(i -> new AnswerLedger(sender, ledgerCount, connections))
                .toList();
        sender.begin(1);
        ledgers.forEach(AnswerLedger::open);
        final int messages = PERIOD_MS * (stalls + losses);
        for (int first = 0; first < messages; first += PERIOD_MS) {
            final boolean isLossy = first >= PERIOD_MS * stalls;
            for (int i = 0; i < PERIOD_MS; i++) {
                sender.sendNext();
            }
            final long stallEndsNs = collector.dueNs(first) + STALL_MS * MS;
            LongStream.range(first, first + (isLossy ? 0 : STALL_MS))
                    .boxed()
                    .sorted(Comparator.comparingLong(sequence -> sequence % connections))
                    .forEach(sequence -> answer(ledgers, collector, sequence, stallEndsNs + sequence % connections));
            for (long sequence = first + STALL_MS; sequence < first + PERIOD_MS; sequence++) {
                answer(ledgers, collector, sequence, collector.dueNs(sequence) + 10_000 + sequence % 7);
            }
        }
        ledgers.forEach(AnswerLedger::close);
        return PhaseReport.of(sender, 0, ledgers, 0, 0, collector.nanoTime());
    }

    private static void answer(
            final List<AnswerLedger> ledgers, final Collector collector, final long sequence, final long nowNs) {
        ledgers.get((int) (sequence % ledgers.size())).onAnswer(sequence, collector.dueNs(sequence), nowNs);
    }

    /** Takes each message at once, in a time that passes only when the sender idles. */
    private static final class Collector implements Outlet, NanoClock {
        private final List<Long> dueNs = new ArrayList<>();
        private long nowNs;

        long dueNs(final long sequence) {
            return dueNs.get((int) sequence);
        }

        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public SendStatus offer(final long sequence, final long newDueNs) {
            dueNs.add(newDueNs);
            return SendStatus.ACCEPTED;
        }

        @Override
        public void onRefused(final SendStatus status) {}

        @Override
        public void poll() {}

        @Override
        public void idle(final long untilNs) {
            nowNs = untilNs;
        }
    }
}
