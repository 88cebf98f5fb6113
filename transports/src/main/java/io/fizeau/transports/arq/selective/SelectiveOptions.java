package io.fizeau.transports.arq.selective;

import io.fizeau.transports.arq.congestion.Congestion;
import java.util.concurrent.TimeUnit;

/**
 * What can be chosen.
 *
 * @param congestion what holds the sender back beside the receiver's window.
 * @param paces whether datagrams are spread over the round trip where the congestion control names a rate.
 * @param ackEvery after how many data datagrams an acknowledgement leaves at the latest, at least 1.
 * @param maxAckDelayNs how long an acknowledgement waits for company at the most; both ends assume the same of each other.
 * @param granularityNs the least that a timer adds to a round trip (kGranularity of RFC 9002 section 6.1.2).
 * @param inFlightDatagrams the window of {@link Congestion#FIXED}, at most the receiver's, which is also meant by 0. A receiver's window of
 *     twice as many lets the sender go on while a hole is repaired.
 */
public record SelectiveOptions(
        Congestion congestion,
        boolean paces,
        int ackEvery,
        long maxAckDelayNs,
        long granularityNs,
        int inFlightDatagrams) {
    /** What is meant by no choice. */
    public static final SelectiveOptions DEFAULT = new SelectiveOptions(
            Congestion.CUBIC, true, 8, TimeUnit.MICROSECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(1));

    /**
     * With a fixed window, if it is fixed, as wide as the receiver's.
     *
     * @param congestion what holds the sender back beside the receiver's window.
     * @param paces whether datagrams are spread over the round trip.
     * @param ackEvery after how many data datagrams an acknowledgement leaves at the latest, at least 1.
     * @param maxAckDelayNs how long an acknowledgement waits for company at the most.
     * @param granularityNs the least that a timer adds to a round trip.
     */
    public SelectiveOptions(
            final Congestion congestion,
            final boolean paces,
            final int ackEvery,
            final long maxAckDelayNs,
            final long granularityNs) {
        this(congestion, paces, ackEvery, maxAckDelayNs, granularityNs, 0);
    }
}
