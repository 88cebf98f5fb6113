package io.fizeau.transports.arq.congestion;

import io.fizeau.transports.arq.timing.RttEstimator;

/**
 * How much one connection may have in flight. It is told what is sent, acknowledged and lost, and reads no clock.
 *
 * <p>All times are those of {@link System#nanoTime()} or any other count of ns, and never go back from call to call. Bytes are those
 * of whole datagrams, and the same on the way out as at their acknowledgement or loss. For one thread. No method throws or allocates
 * once it is built.
 */
public interface CongestionControl {
    /**
     * The congestion window.
     *
     * @return bytes that may be in flight, at least two datagrams unless it was fixed at less.
     */
    long windowBytes();

    /**
     * The rate for a pacer.
     *
     * @param smoothedRttNs the smoothed round trip in ns; 0 or less is no limit.
     * @return bytes a second, 1 or more; {@link Long#MAX_VALUE} when it does not pace.
     */
    long pacingBytesPerSecond(long smoothedRttNs);

    /**
     * A datagram that counts towards the window was sent.
     *
     * @param nowNs the time.
     * @param bytes its size.
     * @param bytesInFlight what is in flight, this one included.
     */
    void onSent(long nowNs, int bytes, long bytesInFlight);

    /**
     * A datagram was acknowledged for the first time, and had not been reported lost.
     *
     * @param nowNs the time.
     * @param bytes its size.
     * @param sentNs when it was sent.
     * @param isWindowLimited whether this window, or a pacer that follows it, held the sender back. If not there is no growth: the
     *     window has not been tested (RFC 9002 section 7.8).
     * @param rtt the round trip, this acknowledgement's sample included.
     */
    void onAcknowledged(long nowNs, int bytes, long sentNs, boolean isWindowLimited, RttEstimator rtt);

    /**
     * Datagrams were found lost together. The window is reduced once per round trip: not if all of them were sent before the last
     * reduction.
     *
     * @param nowNs the time.
     * @param bytes their size in sum.
     * @param latestSentNs when the last sent of them was sent.
     */
    void onLost(long nowNs, long bytes, long latestSentNs);

    /**
     * All that was sent over a long time was lost (RFC 9002 section 7.6). Comes after {@link #onLost} for the same datagrams.
     *
     * @param nowNs the time.
     */
    void onPersistentCongestion(long nowNs);

    /**
     * Datagrams that had been reported lost were acknowledged after all. When this holds of all that the last reduction was about,
     * the control may undo it. May be called for one datagram at a time or for many; datagrams that an earlier reduction was about
     * change nothing.
     *
     * @param nowNs the time.
     * @param bytes their size in sum.
     * @param latestSentNs when the last sent of them was sent.
     */
    default void onSpuriousLoss(final long nowNs, final long bytes, final long latestSentNs) {}

    /**
     * Below this window there is slow start.
     *
     * @return bytes; {@link Long#MAX_VALUE} before the first loss.
     */
    long slowStartThresholdBytes();

    /**
     * Whether the window grows by all that is acknowledged.
     *
     * @return false for a control that has no slow start.
     */
    boolean isInSlowStart();

    /**
     * Its name, as in a spec string.
     *
     * @return lower-case letters.
     */
    String name();
}
