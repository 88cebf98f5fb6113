package io.fizeau.core.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.error.TransportException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpairedPathTest {
    private static final long MS = 1_000_000;
    /** So late that the clock runs over its end within a test. */
    private static final long START_NS = Long.parseLong("9223372036800000000");

    private static final String EVERYTHING =
            "loss=2%:burst=3:drops=5;700:blackout=20ms+3ms:delay=5ms:jitter=2ms:reorder=5%"
                    + ":places=3:duplicate=3%:corrupt=4%:rate=20mbit:queue=8k";

    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[4096]);

    /** Hands out in virtual time, each packet at the instant when it is due. */
    private final class Run {
        private final ImpairedPath path;
        private final List<Integer> order = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();
        private int index;
        private long clockNs;

        Run(final String text) {
            this(text, PathLimits.DEFAULT);
        }

        Run(final String text, final PathLimits limits) {
            path = Impairment.parse(text).path(Direction.TO_SERVER, limits);
        }

        Fate offer(final long nowNs, final int length) {
            drain(nowNs);
            packet.setMemory(0, length, (byte) 0);
            packet.putInt(0, index++);
            return path.offer(nowNs, packet, 0, length);
        }

        void drain(final long untilNs) {
            while (path.nextReleaseNs() <= untilNs) {
                clockNs = path.nextReleaseNs();
                path.poll(clockNs, (buffer, offset, length) -> {
                    order.add(buffer.getInt(offset));
                    times.add(clockNs);
                    final byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    contents.add(Arrays.toString(bytes));
                    return true;
                });
            }
        }

        void finish() {
            drain(Long.MAX_VALUE - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss=1%:seed=42",
                "loss=1%:burst=4:seed=42",
                "loss=1%:delay=3ms:jitter=1ms:reorder=2%:duplicate=5%:corrupt=5%:rate=1gbit:seed=42"
            })
    void shouldLoseWhatWasForetoldWhateverElseHappens(final String text) {
        final Run run = new Run(text);
        final List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (run.offer(i * 50_000L, 64) == Fate.LOSS) {
                lost.add(i);
            }
        }
        final int[] foretold = Impairment.parse(text).lostOfFirst(Direction.TO_SERVER, 20_000);
        assertThat(lost.stream().mapToInt(Integer::intValue).toArray()).isEqualTo(foretold);
        assertThat(run.path.counts().lostByLoss()).isEqualTo(foretold.length);
        if (!text.contains("burst")) {
            assertThat(foretold).hasSize(212);
        }
    }

    @Test
    void shouldLoseTheSamePacketsAfterABlackoutAsWithoutIt() {
        final Run plain = new Run("gilbert=0.05/0.2:drops=900:seed=5");
        final Run dark = new Run("gilbert=0.05/0.2:drops=900:seed=5:blackout=100ms+200ms");
        for (int i = 0; i < 2_000; i++) {
            final Fate fate = plain.offer(i * MS, 64);
            final boolean isDark = i >= 100 && i < 300;
            assertThat(dark.offer(i * MS, 64)).as("packet %d", i).isEqualTo(isDark ? Fate.BLACKOUT : fate);
        }
        assertThat(plain.path.counts().lostByLoss()).isGreaterThan(200);
    }

    @Test
    void shouldDelayExactly() {
        final Run run = new Run("delay=5ms");
        for (int i = 0; i < 1_000; i++) {
            assertThat(run.offer(i * 137L, 100)).isEqualTo(Fate.HELD);
        }
        run.finish();
        for (int i = 0; i < 1_000; i++) {
            assertThat(run.order.get(i)).isEqualTo(i);
            assertThat(run.times.get(i)).isEqualTo(i * 137L + 5 * MS);
        }
        final PathCounts counts = run.path.counts();
        assertThat(counts.meanRealisedDelayNs()).isEqualTo(5 * MS);
        assertThat(counts.delayed()).isEqualTo(1_000);
        assertThat(counts.maxLateNs()).isZero();
    }

    @Test
    void shouldMeasureHowLateItWasPolled() {
        final ImpairedPath path = Impairment.parse("delay=2ms").path(Direction.TO_CLIENT);
        path.offer(0, packet, 0, 10);
        path.offer(1 * MS, packet, 0, 10);
        assertThat(path.poll(2 * MS - 1, (b, o, l) -> true)).isZero();
        assertThat(path.nextReleaseNs()).isEqualTo(2 * MS);
        assertThat(path.poll(4 * MS, (b, o, l) -> true)).isEqualTo(2);
        assertThat(path.counts().lateNs()).isEqualTo(3 * MS);
        assertThat(path.counts().maxLateNs()).isEqualTo(2 * MS);
        assertThat(path.counts().meanIntendedDelayNs()).isEqualTo(2 * MS);
        assertThat(path.nextReleaseNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldDrawTheDelayUniformlyAndKeepTheOrder() {
        final Run run = new Run("delay=5ms:jitter=2ms:seed=3");
        final int count = 20_000;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            run.offer(i * (10 * MS), 10);
        }
        run.finish();
        for (int i = 0; i < count; i++) {
            final double delayMs = (run.times.get(i) - i * (10 * MS)) / (double) MS;
            assertThat(delayMs).isBetween(3.0, 7.0);
            squares += (delayMs - 5) * (delayMs - 5);
        }
        assertThat(run.path.counts().meanIntendedDelayNs()).isCloseTo(5 * MS, within(0.03 * MS));
        assertThat(squares / count).as("variance of a uniform width of 4").isCloseTo(16 / 12.0, within(0.03));
        final Run dense = new Run("delay=5ms:jitter=2ms:seed=3");
        for (int i = 0; i < 2_000; i++) {
            dense.offer(i * 1_000L, 10);
        }
        dense.finish();
        assertThat(dense.order).isSorted();
        assertThat(dense.path.counts().maxLateNs())
                .as("none is due before the one before it")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 64})
    void shouldLetExactlySoManyOvertake(final int places) {
        final Run run = new Run("reorder=3%:places=" + places + ":hold=10s:seed=11");
        final int count = 10_000;
        for (int i = 0; i < count; i++) {
            run.offer(i, 10);
        }
        run.finish();
        final PathCounts counts = run.path.counts();
        assertThat(run.order).hasSize(count).doesNotHaveDuplicates();
        final int[] overtakers = new int[count];
        for (int at = 0; at < count; at++) {
            for (int before = Math.max(0, at - 4 * places); before < at; before++) {
                overtakers[run.order.get(at)] += run.order.get(before) > run.order.get(at) ? 1 : 0;
            }
        }
        int overtaken = 0;
        for (int i = 0; i < count; i++) {
            if (overtakers[i] != 0) {
                overtaken++;
                if (i < count - 4 * places) {
                    assertThat(overtakers[i]).as("packet %d", i).isEqualTo(places);
                }
            }
        }
        assertThat(counts.reordered()).isCloseTo(300, Percentage.withPercentage(20));
        assertThat((long) overtaken).isBetween(counts.reordered(), counts.reordered() + counts.cutShort());
    }

    @Test
    void shouldNotHoldAPacketForeverThatNobodyOvertakes() {
        final Run run = new Run("reorder=50%:places=1:hold=10ms:delay=2ms:seed=1");
        for (int i = 0; i < 100; i++) {
            run.offer(i * (100 * MS), 10);
        }
        run.finish();
        assertThat(run.order).hasSize(100).isSorted();
        assertThat(run.path.counts().reordered()).isZero();
        assertThat(run.path.counts().cutShort()).isBetween(30L, 70L);
        for (int i = 0; i < 100; i++) {
            assertThat(run.times.get(i) - i * (100 * MS)).isIn(2 * MS, 12 * MS);
        }
    }

    @Test
    void shouldEndAHoldBeforeAPacketThatIsDueLater() {
        final Run run = new Run("reorder=50%:places=1:hold=1ms:delay=20ms:seed=1");
        for (int i = 0; i < 100; i++) {
            run.offer(i * (5 * MS), 10);
        }
        run.finish();
        assertThat(run.order).hasSize(100).isSorted();
        for (int i = 0; i < 100; i++) {
            assertThat(run.times.get(i) - i * (5 * MS)).isIn(20 * MS, 21 * MS);
        }
        assertThat(run.path.counts().maxLateNs()).isZero();
    }

    @Test
    void shouldLeaveAtTheRateAndLoseWhatTheQueueCannotHold() {
        final Run run = new Run("rate=8mbit:queue=10000");
        for (int i = 0; i < 30; i++) {
            assertThat(run.offer(0, 1_000)).isEqualTo(i < 10 ? Fate.HELD : Fate.QUEUE);
        }
        assertThat(run.offer(MS, 1_000)).as("one has left").isEqualTo(Fate.HELD);
        assertThat(run.offer(MS, 1_000)).isEqualTo(Fate.QUEUE);
        run.finish();
        for (int i = 0; i < 11; i++) {
            assertThat(run.times.get(i)).isEqualTo((i + 1) * MS);
        }
        assertThat(run.path.counts().lostByQueue()).isEqualTo(21);
    }

    @Test
    void shouldNotDriftFromARateThatDividesUnevenly() {
        final Run run = new Run("rate=7mbit:queue=256m", new PathLimits(8192, 2048, 0, 14));
        long sent = 0;
        for (int i = 0; i < 8_000; i++) {
            run.offer(0, 1_500);
            sent += 1_514;
        }
        run.finish();
        assertThat(run.times.get(7_999)).isEqualTo(sent * 8_000 / 7);
    }

    @Test
    void shouldLoseAllInABlackoutAndNothingElse() {
        final Run run = new Run("blackout=20ms+30ms");
        run.path.blackout(START_NS + 70 * MS, START_NS + 80 * MS);
        for (int i = 0; i < 100; i++) {
            final boolean isDark = (i >= 20 && i < 50) || (i >= 70 && i < 80);
            assertThat(run.path.offer(START_NS + i * MS, packet, 0, 10))
                    .as("at %d ms, over the clock's own end", i)
                    .isEqualTo(isDark ? Fate.BLACKOUT : Fate.HELD);
        }
        assertThat(run.path.counts().lostByBlackout()).isEqualTo(40);
        assertThatThrownBy(() -> run.path.blackout(5, 5))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("must end after it begins");
    }

    @Test
    void shouldDuplicateAndCorruptAsManyAsAskedFor() {
        final Run run = new Run("duplicate=5%:corrupt=3%:seed=8", new PathLimits(16, 256, 20, 0));
        final int count = 20_000;
        int flipped = 0;
        for (int i = 0; i < count; i++) {
            run.offer(i, 200);
            run.drain(i);
        }
        run.finish();
        for (int at = 0; at < run.contents.size(); at++) {
            final boolean isClean =
                    run.contents.get(at).replaceFirst("(-?\\d+, ){20}", "").matches("\\[(0, )*0\\]");
            flipped += isClean ? 0 : 1;
        }
        final PathCounts counts = run.path.counts();
        assertThat(counts.duplicated()).isCloseTo(1_000, Percentage.withPercentage(10));
        assertThat(counts.corrupted()).isCloseTo(600, Percentage.withPercentage(12));
        assertThat((long) flipped).isBetween(counts.corrupted(), counts.corrupted() + 100);
        assertThat(run.order).as("the first 20 bytes are protected").isSorted().hasSize((int) counts.passed());
    }

    @Test
    void shouldTurnOverOneBit() {
        final ImpairedPath path = Impairment.parse("corrupt=100%").path(Direction.TO_SERVER);
        final UnsafeBuffer zeros = new UnsafeBuffer(new byte[64]);
        for (int i = 0; i < 1_000; i++) {
            path.offer(i, zeros, 0, 64);
            path.poll(i, (buffer, offset, length) -> {
                int bits = 0;
                for (int b = 0; b < length; b++) {
                    bits += Integer.bitCount(buffer.getByte(offset + b) & 0xff);
                }
                assertThat(bits).isEqualTo(1);
                return true;
            });
        }
        assertThat(path.counts().corrupted()).isEqualTo(1_000);
    }

    @Test
    void shouldDoTheSameAgainFromTheSameSeed() {
        final Run one = everything(5);
        final Run two = everything(5);
        assertThat(two.order).isEqualTo(one.order);
        assertThat(two.times).isEqualTo(one.times);
        assertThat(two.contents).isEqualTo(one.contents);
        assertThat(two.path.counts()).isEqualTo(one.path.counts());
        assertThat(everything(6).order).isNotEqualTo(one.order);
    }

    private Run everything(final long seed) {
        final Run run = new Run(EVERYTHING + ":seed=" + seed);
        for (int i = 0; i < 3_000; i++) {
            run.offer(i * 100_000L, 200);
        }
        run.finish();
        return run;
    }

    @Test
    void shouldAccountForEachPacketAtAnyTime() {
        final long seed = 99;
        final Random random = new Random(seed);
        final ImpairedPath path =
                Impairment.parse(EVERYTHING + ":seed=4").path(Direction.TO_CLIENT, new PathLimits(64, 1_500, 0, 0));
        long nowNs = START_NS;
        long taken = 0;
        for (int i = 0; i < 20_000; i++) {
            nowNs += random.nextInt(200_000) + (i % 500 == 499 ? 30 * MS : 0);
            path.offer(nowNs, packet, 0, 64 + random.nextInt(1_500));
            if (random.nextBoolean()) {
                taken += path.poll(nowNs, (b, o, l) -> random.nextInt(4) != 0);
            }
            final PathCounts counts = path.counts();
            assertThat(counts.isBalanced())
                    .as("seed %d, step %d: %s", seed, i, counts)
                    .isTrue();
            assertThat(counts.held()).isBetween(0L, 64L);
            assertThat(counts.passed()).isEqualTo(taken);
        }
        final PathCounts counts = path.counts();
        assertThat(counts.toMap().values())
                .as("each cause happened: %s", counts)
                .allMatch(value -> value > 0);
        assertThat(counts.plus(PathCounts.ZERO)).isEqualTo(counts);
        assertThat(counts.plus(counts).isBalanced()).isTrue();
        assertThat(counts.plus(counts).lost()).isEqualTo(2 * counts.lost());
    }

    @Test
    void shouldHoldNoMoreThanItHasRoomFor() {
        final ImpairedPath path = Impairment.parse("delay=1s").path(Direction.TO_SERVER, new PathLimits(10, 100, 0, 0));
        for (int i = 0; i < 15; i++) {
            assertThat(path.offer(0, packet, 0, 100)).isEqualTo(i < 10 ? Fate.HELD : Fate.OVERFLOW);
        }
        path.poll(1_000 * MS, (b, o, l) -> true);
        assertThat(path.offer(1_000 * MS, packet, 0, 101)).as("too long").isEqualTo(Fate.OVERFLOW);
        assertThat(path.offer(1_000 * MS, new byte[100], 0, 100)).isEqualTo(Fate.HELD);
        assertThat(path.counts().lostByOverflow()).isEqualTo(6);
        assertThatThrownBy(() -> new PathLimits(0, 100, 0, 0))
                .isInstanceOf(TransportException.class)
                .hasMessage("packets=0 must be from 1 to 1048576");
    }

    @Test
    void shouldKeepAPacketThatTheSinkRefuses() {
        final ImpairedPath path = Impairment.parse("duplicate=100%").path(Direction.TO_SERVER);
        path.offer(0, packet, 0, 10);
        assertThat(path.poll(0, (b, o, l) -> false)).isZero();
        assertThat(path.counts().held()).isEqualTo(1);
        final boolean[] takesOne = {true};
        assertThat(path.poll(0, (b, o, l) -> {
                    final boolean takes = takesOne[0];
                    takesOne[0] = false;
                    return takes;
                }))
                .isEqualTo(1);
        assertThat(path.counts().isBalanced()).isTrue();
        assertThat(path.nextReleaseNs()).as("the duplicate is still due").isZero();
        assertThat(path.poll(0, (b, o, l) -> true)).isEqualTo(1);
        assertThat(path.counts().duplicated()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", EVERYTHING, "loss=1%:burst=4ms", "loss=1%:delay=2ms"})
    void shouldAllocateNothingForAPacket(final String text) {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this JVM does not count allocation by thread");
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ImpairedPath path = Impairment.parse(text).path(Direction.TO_SERVER);
        final PacketSink sink = (buffer, offset, length) -> true;
        final long id = Thread.currentThread().getId();
        final int count = 20_000;
        long nowNs = 0;
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            final long before = bean.getThreadAllocatedBytes(id);
            for (int i = 0; i < count; i++) {
                nowNs += 20_000;
                path.offer(nowNs, packet, 0, 200);
                path.poll(nowNs, sink);
            }
            least = Math.min(least, (bean.getThreadAllocatedBytes(id) - before) / (double) count);
        }
        assertThat(path.counts().passed()).isPositive();
        assertThat(least).as("bytes a packet").isLessThan(0.1);
    }
}
