package io.fizeau.transports.arq.timing;

import io.fizeau.core.error.TransportException;

/**
 * Says when the next datagram may leave so that they do not leave all at once (RFC 9002 section 7.7): a token bucket. In any time t at
 * a constant rate no more than {@code rate t + burst} bytes leave, and a sender that always waits just as long as it must sends at the
 * rate exactly: credit is counted in billionths of a byte, the product of a byte rate and ns, so that nothing is rounded off.
 *
 * <p>All times are those of {@link System#nanoTime()} or any other count of ns: compare them by their difference. The bucket is full
 * at first. For one thread; allocates nothing.
 */
public final class Pacer {
    /** The rate that does not limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The greatest burst, 1 GiB. */
    public static final int MAX_BURST_BYTES = 1 << 30;

    private static final long BILLION = 1_000_000_000L;
    /** What was sent in spite of the pacer is remembered up to here. More would overflow. */
    private static final long MOST_DEBT = Integer.MAX_VALUE * BILLION;

    private final long capacity;
    private long bytesPerSecond;
    private long credit;
    private long creditNs;

    /**
     * A pacer with a full bucket.
     *
     * @param nowNs the time.
     * @param bytesPerSecond the rate, 1 or more, {@link #UNLIMITED} for none; what is less counts as 1.
     * @param burstBytes how much may leave at once, 1 to {@link #MAX_BURST_BYTES}; at least a datagram.
     * @throws TransportException if the burst is out of range.
     */
    public Pacer(final long nowNs, final long bytesPerSecond, final int burstBytes) {
        TransportException.requireWithin("burstBytes", burstBytes, 1, MAX_BURST_BYTES);
        this.capacity = burstBytes * BILLION;
        this.bytesPerSecond = Math.max(1, bytesPerSecond);
        this.credit = capacity;
        this.creditNs = nowNs;
    }

    /**
     * Sets the rate from now on. What has been saved up until now, at the old rate, remains.
     *
     * @param nowNs the time.
     * @param newBytesPerSecond the rate, 1 or more, {@link #UNLIMITED} for none; what is less counts as 1.
     */
    public void onRate(final long nowNs, final long newBytesPerSecond) {
        fill(nowNs);
        bytesPerSecond = Math.max(1, newBytesPerSecond);
    }

    /**
     * When a datagram may leave, if nothing else leaves before it.
     *
     * @param nowNs the time.
     * @param bytes its size, 0 or more. One larger than the burst waits for a full bucket and leaves a debt.
     * @return now or later, in ns.
     */
    public long nextSendNs(final long nowNs, final int bytes) {
        final long missing = Math.min(bytes * BILLION, capacity) - creditAt(nowNs);
        if (missing <= 0 || bytesPerSecond == UNLIMITED) {
            return nowNs;
        }
        final long sinceNs = nowNs - creditNs > 0 ? nowNs : creditNs;
        return sinceNs + (missing - 1) / bytesPerSecond + 1;
    }

    /**
     * A datagram leaves. It may do so before its time, such as a probe; those after it wait the longer.
     *
     * @param nowNs the time.
     * @param bytes its size, 0 or more.
     */
    public void onSent(final long nowNs, final int bytes) {
        fill(nowNs);
        if (bytesPerSecond != UNLIMITED) {
            credit = Math.max(-MOST_DEBT, credit - bytes * BILLION);
        }
    }

    private void fill(final long nowNs) {
        credit = creditAt(nowNs);
        if (nowNs - creditNs > 0) {
            creditNs = nowNs;
        }
    }

    /** Of the 128 bits of the product only the low 63 matter: more than those fill any bucket. */
    private long creditAt(final long nowNs) {
        final long elapsedNs = nowNs - creditNs;
        if (elapsedNs <= 0) {
            return credit;
        }
        final long earned = elapsedNs * bytesPerSecond;
        final boolean isMore = earned < 0 || Math.multiplyHigh(elapsedNs, bytesPerSecond) != 0;
        return isMore || earned >= capacity - credit ? capacity : credit + earned;
    }
}
