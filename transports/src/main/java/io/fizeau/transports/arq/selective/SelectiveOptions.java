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
 */
public record SelectiveOptions(
        Congestion congestion, boolean paces, int ackEvery, long maxAckDelayNs, long granularityNs) {
    /** What is meant by no choice. */
    public static final SelectiveOptions DEFAULT = new SelectiveOptions(
            Congestion.CUBIC, true, 8, TimeUnit.MICROSECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(1));
}
