package io.fizeau.transports.arq.congestion;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.arq.timing.RttEstimator;

/**
 * NewReno as RFC 9002 section 7 and appendix B have it. Slow start adds what is acknowledged; congestion avoidance adds one datagram
 * for each window acknowledged, counted in bytes without rounding; a loss halves the window, once per round trip; persistent
 * congestion takes it to two datagrams. A reduction whose losses all prove spurious is undone unless the window has outgrown it,
 * as RFC 9438 section 4.9.2 has it for CUBIC. For one thread; allocates nothing.
 */
public final class NewReno implements CongestionControl {
    private final WindowLimits limits;
    private final RecoveryPeriod recovery = new RecoveryPeriod();
    private long windowBytes;
    private long thresholdBytes = Long.MAX_VALUE;
    /** What congestion avoidance has earned beyond whole bytes: less than a window, in units of a byte's part in the window. */
    private long carry;

    private long undoWindowBytes;
    private long undoThresholdBytes;

    /**
     * A control at the initial window: {@code min(10 datagrams, max(2 datagrams, 14720 bytes))}, at most the cap.
     *
     * @param maxDatagramBytes the largest datagram, 1 to 65535 bytes.
     * @param maxWindowBytes what the window never exceeds, at least two datagrams.
     * @throws TransportException if a number is out of range.
     */
    public NewReno(final int maxDatagramBytes, final long maxWindowBytes) {
        limits = WindowLimits.of(maxDatagramBytes, maxWindowBytes);
        windowBytes = limits.initialBytes();
    }

    @Override
    public long windowBytes() {
        return windowBytes;
    }

    @Override
    public long pacingBytesPerSecond(final long smoothedRttNs) {
        return WindowLimits.pacingBytesPerSecond(windowBytes, smoothedRttNs);
    }

    @Override
    public void onSent(final long nowNs, final int bytes, final long bytesInFlight) {}

    @Override
    public void onAcknowledged(
            final long nowNs,
            final int bytes,
            final long sentNs,
            final boolean isWindowLimited,
            final RttEstimator rtt) {
        if (isWindowLimited && !recovery.covers(sentNs)) {
            final long growth = isInSlowStart() ? bytes : avoidanceGrowth(bytes);
            windowBytes += Math.min(growth, limits.maxBytes() - windowBytes);
        }
    }

    /** The product stays below 2^47: a datagram has at most 2^16 bytes. */
    private long avoidanceGrowth(final int bytes) {
        final long earned = (long) limits.datagramBytes() * bytes + carry;
        carry = earned % windowBytes;
        return earned / windowBytes;
    }

    @Override
    public void onLost(final long nowNs, final long bytes, final long latestSentNs) {
        if (recovery.onLost(nowNs, bytes, latestSentNs)) {
            undoWindowBytes = windowBytes;
            undoThresholdBytes = thresholdBytes;
            windowBytes = Math.max(limits.minBytes(), windowBytes / 2);
            thresholdBytes = windowBytes;
            carry = 0;
        }
    }

    @Override
    public void onPersistentCongestion(final long nowNs) {
        recovery.end();
        windowBytes = limits.minBytes();
        carry = 0;
    }

    @Override
    public void onSpuriousLoss(final long nowNs, final long bytes, final long latestSentNs) {
        if (recovery.onSpuriousLoss(bytes, latestSentNs) && windowBytes < undoWindowBytes) {
            windowBytes = undoWindowBytes;
            thresholdBytes = undoThresholdBytes;
            carry = 0;
        }
    }

    @Override
    public long slowStartThresholdBytes() {
        return thresholdBytes;
    }

    @Override
    public boolean isInSlowStart() {
        return windowBytes < thresholdBytes;
    }

    @Override
    public String name() {
        return "newreno";
    }
}
