package io.fizeau.transports.arq.congestion;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.arq.timing.RttEstimator;

/**
 * CUBIC by RFC 9438 with C = 0.4 and beta = 0.7, fast convergence on, and the slow start of RFC 9002 (no HyStart++). What the RFC
 * leaves open is settled thus:
 *
 * <ul>
 *   <li>A reduction starts from the window, not from what is in flight, as RFC 9002 does; section 4.6 allows it because the window does
 *       not grow while the sender is not held back by it.
 *   <li>An increase for an acknowledgement is taken in proportion to the bytes acknowledged: a window of them reaches the target.
 *   <li>A stage of congestion avoidance begins with the first acknowledgement after recovery that lets the window grow. Its time t leaves
 *       out the time before an acknowledgement at which the window was not the limit, and that before a datagram is sent when nothing
 *       was in flight (section 5.8).
 *   <li>A reduction whose losses all prove spurious is undone unless the window has outgrown it (section 4.9.2).
 * </ul>
 *
 * <p>For one thread; allocates nothing.
 */
public final class Cubic implements CongestionControl {
    private final WindowLimits limits;
    private final RecoveryPeriod recovery = new RecoveryPeriod();
    private final ActiveTime active = new ActiveTime();
    private final CubicState state;
    private final CubicState beforeReduction;

    /**
     * A control at the initial window of RFC 9002: {@code min(10 datagrams, max(2 datagrams, 14720 bytes))}, at most the cap.
     *
     * @param maxDatagramBytes the largest datagram, 1 to 65535 bytes.
     * @param maxWindowBytes what the window never exceeds, at least two datagrams.
     * @throws TransportException if a number is out of range.
     */
    public Cubic(final int maxDatagramBytes, final long maxWindowBytes) {
        limits = WindowLimits.of(maxDatagramBytes, maxWindowBytes);
        state = new CubicState(maxDatagramBytes, limits.initialBytes());
        beforeReduction = new CubicState(maxDatagramBytes, limits.initialBytes());
    }

    @Override
    public long windowBytes() {
        return (long) state.window;
    }

    @Override
    public long pacingBytesPerSecond(final long smoothedRttNs) {
        return WindowLimits.pacingBytesPerSecond(windowBytes(), smoothedRttNs);
    }

    @Override
    public void onSent(final long nowNs, final int bytes, final long bytesInFlight) {
        if (bytesInFlight <= bytes) {
            active.onIdle(nowNs);
        }
    }

    @Override
    public void onAcknowledged(
            final long nowNs,
            final int bytes,
            final long sentNs,
            final boolean isWindowLimited,
            final RttEstimator rtt) {
        if (!isWindowLimited) {
            active.onIdle(nowNs);
            return;
        }
        active.onLimited(nowNs);
        if (recovery.covers(sentNs)) {
            return;
        }
        if (state.isInSlowStart()) {
            state.window += bytes;
        } else {
            state.avoid(bytes, active.ns(), rtt.smoothedNs());
        }
        state.window = Math.min(state.window, (double) limits.maxBytes());
    }

    @Override
    public void onLost(final long nowNs, final long bytes, final long latestSentNs) {
        if (recovery.onLost(nowNs, bytes, latestSentNs)) {
            beforeReduction.copyFrom(state);
            state.reduce(limits.minBytes());
        }
    }

    @Override
    public void onPersistentCongestion(final long nowNs) {
        recovery.end();
        state.collapse(limits.minBytes());
    }

    @Override
    public void onSpuriousLoss(final long nowNs, final long bytes, final long latestSentNs) {
        if (recovery.onSpuriousLoss(bytes, latestSentNs) && state.window < beforeReduction.window) {
            state.copyFrom(beforeReduction);
        }
    }

    @Override
    public long slowStartThresholdBytes() {
        return state.threshold;
    }

    @Override
    public boolean isInSlowStart() {
        return state.isInSlowStart();
    }

    @Override
    public String name() {
        return "cubic";
    }
}
