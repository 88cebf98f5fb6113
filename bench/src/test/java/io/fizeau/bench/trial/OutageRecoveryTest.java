package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.transports.link.Blackout;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OutageRecoveryTest {
    private static final long MS = 1_000_000;
    private static final Blackout OUTAGE = new Blackout(1_000 * MS, 1_300 * MS);

    @Test
    void shouldCountFromTheLinksReturn() {
        // 1000 a second before; then one after 40 ms, another 100 ms later, and 1000 a second from 1600 ms on.
        long[] times = LongStream.concat(
                        LongStream.concat(every(0, 1_000, 1), LongStream.of(1_340 * MS, 1_440 * MS)),
                        every(1_600, 2_000, 1))
                .toArray();
        OutageRecovery recovery = OutageRecovery.of(times, OUTAGE);

        assertThat(recovery.earlierPerSecond()).isCloseTo(1_000, Offset.offset(1e-6));
        assertThat(recovery.firstNs()).hasValue(40 * MS);
        // The 45th delivery of those from 1600 ms on comes 44 ms later.
        assertThat(recovery.recoveredNs()).hasValue(344 * MS);
    }

    @Test
    void shouldCountABacklogThatComesAtOnce() {
        long[] times = LongStream.concat(
                        every(0, 1_000, 1), LongStream.range(0, 100).map(i -> 1_500 * MS + i))
                .toArray();

        assertThat(OutageRecovery.of(times, OUTAGE).recoveredNs()).hasValue(200 * MS + 44);
    }

    @Test
    void shouldNotTakeWhatWasUnderWayForNew() {
        long[] times =
                LongStream.concat(every(0, 1_010, 1), every(1_700, 2_000, 1)).toArray();

        assertThat(OutageRecovery.of(times, OUTAGE).firstNs()).hasValue(400 * MS);
    }

    @Test
    void shouldSayThatTheRateNeverCameBack() {
        OutageRecovery slow = OutageRecovery.of(
                LongStream.concat(every(0, 1_000, 1), every(1_400, 3_000, 2)).toArray(), OUTAGE);
        assertThat(slow.firstNs()).hasValue(100 * MS);
        assertThat(slow.recoveredNs()).isEmpty();

        OutageRecovery dead = OutageRecovery.of(every(0, 1_000, 1).toArray(), OUTAGE);
        assertThat(dead.firstNs()).isEmpty();
        assertThat(dead.recoveredNs()).isEmpty();

        assertThat(OutageRecovery.of(new long[0], OUTAGE).earlierPerSecond()).isZero();
    }

    private static LongStream every(long fromMs, long untilMs, long stepMs) {
        return LongStream.iterate(fromMs * MS, time -> time < untilMs * MS, time -> time + stepMs * MS);
    }
}
