package io.fizeau.transports.arq.congestion;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.arq.timing.RttEstimator;

/** A window that nothing changes, and no pacing. Unfit for a path that others use. Immutable. */
public final class FixedWindow implements CongestionControl {
    private final long windowBytes;

    /**
     * A window of a size.
     *
     * @param windowBytes bytes, 1 or more.
     * @param maxWindowBytes its limit, 1 or more; a greater window is cut to it.
     * @throws TransportException if one of them is less than 1.
     */
    public FixedWindow(final long windowBytes, final long maxWindowBytes) {
        if (windowBytes < 1 || maxWindowBytes < 1) {
            throw TransportException.badRequest("windowBytes=" + windowBytes + " and maxWindowBytes=" + maxWindowBytes
                    + " must both be at least 1");
        }
        this.windowBytes = Math.min(windowBytes, maxWindowBytes);
    }

    @Override
    public long windowBytes() {
        return windowBytes;
    }

    @Override
    public long pacingBytesPerSecond(final long smoothedRttNs) {
        return Long.MAX_VALUE;
    }

    @Override
    public void onSent(final long nowNs, final int bytes, final long bytesInFlight) {}

    @Override
    public void onAcknowledged(
            final long nowNs,
            final int bytes,
            final long sentNs,
            final boolean isWindowLimited,
            final RttEstimator rtt) {}

    @Override
    public void onLost(final long nowNs, final long bytes, final long latestSentNs) {}

    @Override
    public void onPersistentCongestion(final long nowNs) {}

    @Override
    public long slowStartThresholdBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isInSlowStart() {
        return false;
    }

    @Override
    public String name() {
        return "fixed";
    }
}
