package io.fizeau.core.impair;

/** A wire of a certain rate with a bounded queue before it, in virtual time. No rounding adds up while the wire is busy. */
final class RateLimit {
    /** No room in the queue. */
    static final long FULL = Long.MIN_VALUE;

    private static final long BIT_NS_PER_BYTE_SECOND = 8_000_000_000L;

    private final long bitsPerSecond;
    private final long queueBytes;
    private boolean isUsed;
    private long freeNs;
    private long carry;

    RateLimit(final long bitsPerSecond, final long queueBytes) {
        this.bitsPerSecond = bitsPerSecond;
        this.queueBytes = queueBytes;
    }

    /** When the last bit of a packet that comes now has left, or {@link #FULL}. */
    long leaveNs(final long nowNs, final int bytes) {
        if (bitsPerSecond == 0) {
            return nowNs;
        }
        if (!isUsed || freeNs - nowNs <= 0) {
            isUsed = true;
            freeNs = nowNs;
            carry = 0;
        }
        if (waitingBytes(nowNs) + bytes > queueBytes) {
            return FULL;
        }
        final long work = bytes * BIT_NS_PER_BYTE_SECOND + carry;
        freeNs += work / bitsPerSecond;
        carry = work % bitsPerSecond;
        return freeNs;
    }

    /** Bytes that have not left yet. The wait is at most that of a full queue, so the product is under 2^63. */
    private long waitingBytes(final long nowNs) {
        return ((freeNs - nowNs) * bitsPerSecond + BIT_NS_PER_BYTE_SECOND - 1) / BIT_NS_PER_BYTE_SECOND;
    }
}
