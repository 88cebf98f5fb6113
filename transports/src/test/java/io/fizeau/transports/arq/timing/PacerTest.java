package io.fizeau.transports.arq.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldLetABurstGoAtOnceAndThenKeepTheRate() {
        final Pacer pacer = new Pacer(0, 1_000_000, 3_000);
        for (int i = 0; i < 2; i++) {
            assertThat(pacer.nextSendNs(0, 1_500)).isZero();
            pacer.onSent(0, 1_500);
        }
        assertThat(pacer.nextSendNs(0, 1_500)).isEqualTo(1_500_000);
        assertThat(pacer.nextSendNs(700_000, 1_500)).as("asked later").isEqualTo(1_500_000);
        assertThat(pacer.nextSendNs(0, 1)).as("one byte").isEqualTo(1_000);
        assertThat(pacer.nextSendNs(2_000_000, 1_500)).isEqualTo(2_000_000);
    }

    @Test
    void shouldSaveNoMoreThanABurst() {
        final Pacer pacer = new Pacer(0, 1_000_000, 3_000);
        pacer.onSent(0, 3_000);
        pacer.onSent(3_600 * SECOND, 3_000);
        assertThat(pacer.nextSendNs(3_600 * SECOND, 1_000)).isEqualTo(3_600 * SECOND + 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 1_000_003, 7_777_777, 123_456_789, 12_345_678_901L})
    void shouldNotDriftHoweverTheRateDivides(final long rate) {
        final int bytes = 1_471;
        final int burst = 2 * bytes;
        final Pacer pacer = new Pacer(0, rate, burst);
        long nowNs = 0;
        for (int i = 1; i <= 100_000; i++) {
            nowNs = pacer.nextSendNs(nowNs, bytes);
            pacer.onSent(nowNs, bytes);
            final BigInteger owed = BigInteger.valueOf((long) i * bytes - burst).multiply(BILLION);
            assertThat(nowNs)
                    .as("datagram %d", i)
                    .isEqualTo(
                            ceilingOfQuotient(owed, rate).max(BigInteger.ZERO).longValueExact());
        }
    }

    @Test
    void shouldNotLimitAtTheGreatestRate() {
        final Pacer pacer = new Pacer(0, Pacer.UNLIMITED, 1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(pacer.nextSendNs(5, Integer.MAX_VALUE)).isEqualTo(5);
            pacer.onSent(5, Integer.MAX_VALUE);
        }
        pacer.onRate(5, 1_000);
        assertThat(pacer.nextSendNs(5, 1)).as("the bucket is still full").isEqualTo(5);
        pacer.onSent(5, 1);
        assertThat(pacer.nextSendNs(5, 1)).isEqualTo(1_000_005);
    }

    @Test
    void shouldCountTheTimeBeforeAChangeAtTheOldRate() {
        final Pacer pacer = new Pacer(0, 1_000, 10_000);
        pacer.onSent(0, 10_000);
        pacer.onRate(SECOND, 2_000_000);
        assertThat(pacer.nextSendNs(SECOND, 1_000)).as("saved at the old rate").isEqualTo(SECOND);
        assertThat(pacer.nextSendNs(SECOND, 3_000)).isEqualTo(SECOND + 1_000_000);
    }

    @Test
    void shouldMakeOthersWaitForWhatWentBeforeItsTime() {
        final Pacer pacer = new Pacer(0, 1_000_000, 1_000);
        pacer.onSent(0, 1_000);
        pacer.onSent(0, 1_000);
        assertThat(pacer.nextSendNs(0, 1_000)).isEqualTo(2_000_000);
    }

    @Test
    void shouldSendADatagramAboveTheBurstFromAFullBucket() {
        final Pacer pacer = new Pacer(0, 1_000_000, 1_000);
        assertThat(pacer.nextSendNs(0, 5_000)).isZero();
        pacer.onSent(0, 5_000);
        assertThat(pacer.nextSendNs(0, 5_000)).as("4000 of debt and a burst").isEqualTo(5_000_000);
        assertThat(pacer.nextSendNs(0, 500)).isEqualTo(4_500_000);
    }

    @Test
    void shouldNotOverflowWithAGreatDebtAtASmallRate() {
        final Pacer pacer = new Pacer(0, 0, Pacer.MAX_BURST_BYTES);
        for (int i = 0; i < 100; i++) {
            pacer.onSent(0, Integer.MAX_VALUE);
        }
        assertThat(pacer.nextSendNs(0, Integer.MAX_VALUE))
                .as("2 GiB of debt and 1 GiB of burst at 1 byte a second")
                .isEqualTo(((long) Integer.MAX_VALUE + Pacer.MAX_BURST_BYTES) * SECOND);
    }

    @Test
    void shouldFillTheBucketWhenTheProductOfTimeAndRateOverflowsToNothing() {
        final Pacer pacer = new Pacer(0, 1L << 32, 1_000);
        pacer.onSent(0, 1_000);
        assertThat(pacer.nextSendNs(1L << 32, 1_000)).isEqualTo(1L << 32);
    }

    @Test
    void shouldCountFromTheLastDatagramWhenAskedForATimeBeforeIt() {
        final Pacer pacer = new Pacer(0, 1_000_000, 1_000);
        pacer.onSent(5_000, 1_000);
        assertThat(pacer.nextSendNs(2_000, 1_000)).isEqualTo(1_005_000);
    }

    @Test
    void shouldRefuseABurstOutOfRange() {
        for (final int burst : new int[] {0, -1, Pacer.MAX_BURST_BYTES + 1}) {
            assertThatThrownBy(() -> new Pacer(0, 1, burst)).isInstanceOf(TransportException.class);
        }
    }

    /** An obedient sender at random times, its clock starting anywhere, also shortly before it wraps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNeverLetMoreThanTheRateAndABurstThroughInAnyInterval(final long seed) {
        final Random random = new Random(seed);
        final int burst = random.nextInt(1_500, 50_000);
        final long rate = random.nextLong(1, 1L << random.nextInt(10, 38));
        final long startNs = seed % 2 == 0 ? Long.MAX_VALUE - SECOND / 1_000 : random.nextLong();
        final Pacer pacer = new Pacer(startNs, rate, burst);
        final int sends = 400;
        final long[] elapsed = new long[sends];
        final long[] sentBefore = new long[sends + 1];
        long nowNs = startNs;
        for (int i = 0; i < sends; i++) {
            final int bytes = random.nextInt(1, 1_501);
            nowNs += random.nextInt(4) == 0 ? random.nextLong(0, 1 + 3_000L * SECOND / rate) : 0;
            final long sendNs = pacer.nextSendNs(nowNs, bytes);
            if (sendNs != nowNs) {
                assertThat(pacer.nextSendNs(sendNs - 1, bytes))
                        .as("not a ns earlier")
                        .isEqualTo(sendNs);
            }
            nowNs = sendNs;
            pacer.onSent(nowNs, bytes);
            elapsed[i] = nowNs - startNs;
            sentBefore[i + 1] = sentBefore[i] + bytes;
        }
        for (int from = 0; from < sends; from++) {
            for (int to = from; to < sends; to++) {
                final BigInteger sent = BigInteger.valueOf(sentBefore[to + 1] - sentBefore[from] - burst);
                final BigInteger allowed =
                        BigInteger.valueOf(elapsed[to] - elapsed[from]).multiply(BigInteger.valueOf(rate));
                assertThat(sent.multiply(BILLION)).isLessThanOrEqualTo(allowed);
            }
        }
    }

    /** The same bucket in whole numbers without limits, under random changes of the rate and datagrams that do not wait. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldAgreeWithABucketOfAnyPrecision(final long seed) {
        final Random random = new Random(seed);
        final int burst = random.nextInt(1_000, 1_000_000);
        final BigInteger capacity = BigInteger.valueOf(burst).multiply(BILLION);
        long rate = 1_000_000;
        long nowNs = 0;
        final Pacer pacer = new Pacer(nowNs, rate, burst);
        BigInteger credit = capacity;
        for (int i = 0; i < 20_000; i++) {
            final long stepNs = random.nextLong(0, 1L << random.nextInt(1, 36));
            nowNs += stepNs;
            credit = credit.add(BigInteger.valueOf(stepNs).multiply(BigInteger.valueOf(rate)))
                    .min(capacity);
            final int bytes = random.nextInt(1, burst);
            final BigInteger missing =
                    BigInteger.valueOf(bytes).multiply(BILLION).subtract(credit);
            final long waitNs =
                    missing.signum() <= 0 ? 0 : ceilingOfQuotient(missing, rate).longValueExact();
            assertThat(pacer.nextSendNs(nowNs, bytes) - nowNs).isEqualTo(waitNs);
            if (random.nextBoolean() && credit.signum() > 0) {
                pacer.onSent(nowNs, bytes);
                credit = credit.subtract(BigInteger.valueOf(bytes).multiply(BILLION));
            }
            if (random.nextInt(10) == 0) {
                rate = random.nextLong(1, 1L << random.nextInt(1, 63));
                pacer.onRate(nowNs, rate);
            }
        }
    }

    private static BigInteger ceilingOfQuotient(final BigInteger dividend, final long divisor) {
        final BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(divisor));
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }
}
