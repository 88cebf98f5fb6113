package io.fizeau.transports.arq.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Option;
import io.fizeau.transports.arq.timing.Pacer;
import io.fizeau.transports.arq.timing.RttEstimator;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CongestionTest {
    private static final int DATAGRAM = 1_200;
    private static final long MIN = 2L * DATAGRAM;

    private final RttEstimator rtt = new RttEstimator(1_000_000);

    @ParameterizedTest
    @CsvSource({"fixed", "newreno", "cubic"})
    void shouldBeChosenByTheNameThatItHas(final String text) {
        final Option<Congestion> option =
                Option.choice("congestion", Congestion.class, Congestion.CUBIC, "who limits what is in flight");
        final CongestionControl control = option.parse(text).create(DATAGRAM, 50_000, 100_000);
        assertThat(control.name()).isEqualTo(text);
        assertThat(option.allowed()).isEqualTo("fixed, newreno, cubic");
    }

    @Test
    void shouldNotMoveAFixedWindow() {
        final CongestionControl control = Congestion.FIXED.create(DATAGRAM, 50_000, 100_000);
        control.onSent(0, DATAGRAM, DATAGRAM);
        control.onAcknowledged(10, DATAGRAM, 0, true, rtt);
        control.onLost(20, DATAGRAM, 15);
        control.onPersistentCongestion(20);
        control.onSpuriousLoss(20, DATAGRAM, 15);
        assertThat(control.windowBytes()).isEqualTo(50_000);
        assertThat(control.pacingBytesPerSecond(1_000_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(control.slowStartThresholdBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(control.isInSlowStart()).isFalse();
    }

    @Test
    void shouldCutAFixedWindowToTheCapAndRefuseNone() {
        assertThat(new FixedWindow(50_000, 20_000).windowBytes()).isEqualTo(20_000);
        assertThatThrownBy(() -> new FixedWindow(0, 1)).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> new FixedWindow(1, 0)).isInstanceOf(TransportException.class);
    }

    /** Whatever happens, in whatever order and however much of it. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FIXED")
    void shouldKeepTheWindowBetweenItsLimitsAndMoveItOnlyWithCause(final Congestion congestion) {
        for (int seed = 1; seed <= 40; seed++) {
            final Random random = new Random(seed);
            final long cap = seed % 4 == 0 ? Long.MAX_VALUE : MIN + random.nextLong(0, 10_000_000);
            final int mostBytes = seed % 8 == 0 ? Integer.MAX_VALUE : DATAGRAM;
            final CongestionControl control = congestion.create(DATAGRAM, 1, cap);
            long nowNs = random.nextLong();
            for (int i = 0; i < 5_000; i++) {
                nowNs += random.nextLong(0, 1L << random.nextInt(1, 38));
                final long sentNs = nowNs - random.nextLong(0, 1L << random.nextInt(1, 38));
                final int bytes = random.nextInt(1, mostBytes);
                final long before = control.windowBytes();
                switch (random.nextInt(200)) {
                    case 0 -> control.onPersistentCongestion(nowNs);
                    case 1, 2, 3 -> {
                        control.onLost(nowNs, bytes, sentNs);
                        assertThat(control.windowBytes()).isLessThanOrEqualTo(before);
                        final long after = control.windowBytes();
                        control.onLost(nowNs, bytes, sentNs);
                        assertThat(control.windowBytes())
                                .as("once per round trip")
                                .isEqualTo(after);
                    }
                    case 4 -> {
                        control.onSpuriousLoss(nowNs, bytes, sentNs);
                        assertThat(control.windowBytes()).isGreaterThanOrEqualTo(before);
                    }
                    default -> {
                        final boolean isLimited = random.nextInt(4) != 0;
                        rtt.onSample(nowNs - sentNs, 0, 0);
                        control.onSent(nowNs, bytes, bytes + random.nextInt(3));
                        control.onAcknowledged(nowNs, bytes, sentNs, isLimited, rtt);
                        assertThat(control.windowBytes())
                                .isBetween(before, isLimited ? before + Math.max(bytes, DATAGRAM) : before);
                    }
                }
                assertThat(control.windowBytes()).isBetween(MIN, cap);
                assertThat(control.slowStartThresholdBytes()).isGreaterThanOrEqualTo(MIN);
                assertThat(control.pacingBytesPerSecond(rtt.smoothedNs())).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothing(final Congestion congestion) {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this JVM does not count allocation by thread");
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final CongestionControl control = congestion.create(DATAGRAM, 1_000_000, 1_000_000);
        final Pacer pacer = new Pacer(0, 1_000_000, 10 * DATAGRAM);
        final long id = Thread.currentThread().getId();
        final int count = 20_000;
        long nowNs = 0;
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            final long before = bean.getThreadAllocatedBytes(id);
            for (int i = 0; i < count; i++) {
                nowNs = pacer.nextSendNs(nowNs + 1_000, DATAGRAM);
                pacer.onSent(nowNs, DATAGRAM);
                control.onSent(nowNs, DATAGRAM, 10L * DATAGRAM);
                rtt.onSample(1_000_000 + i, i, 1_000);
                if (i % 1_000 == 0) {
                    control.onLost(nowNs, DATAGRAM, nowNs - 500);
                    control.onSpuriousLoss(nowNs, DATAGRAM, nowNs - 500);
                } else {
                    control.onAcknowledged(nowNs, DATAGRAM, nowNs - 500, true, rtt);
                }
                pacer.onRate(nowNs, control.pacingBytesPerSecond(rtt.smoothedNs()));
                nowNs += rtt.lossDelayNs(1_000) & 1;
            }
            least = Math.min(least, (bean.getThreadAllocatedBytes(id) - before) / (double) count);
        }
        assertThat(nowNs).isPositive();
        assertThat(least).as("bytes a datagram").isLessThan(0.1);
    }
}
