package io.fizeau.transports.arq.congestion;

import io.fizeau.transports.arq.timing.RttEstimator;
import java.util.ArrayDeque;

/**
 * A sender with always something to send over a path of constant delay on which every so many datagrams one is lost, in virtual time.
 * A loss shows when the acknowledgement would have come.
 */
final class LossyPath {
    private static final long GAP_NS = 1_000;

    private final CongestionControl control;
    private final int datagramBytes;
    private final long rttNs;
    private final int lossInterval;
    private final RttEstimator rtt;
    private final ArrayDeque<Datagram> inFlight = new ArrayDeque<>();
    private long lastSentNs;
    private long sent;
    private long nowNs;

    LossyPath(final CongestionControl control, final int datagramBytes, final long rttNs, final int lossInterval) {
        this.control = control;
        this.datagramBytes = datagramBytes;
        this.rttNs = rttNs;
        this.lossInterval = lossInterval;
        this.rtt = new RttEstimator(rttNs);
    }

    /** Sends so many datagrams and returns how many left per round trip. */
    double meanWindow(final long datagrams) {
        final long startNs = nowNs;
        final long start = sent;
        while (sent - start < datagrams) {
            send();
            receive();
        }
        return (sent - start) * (double) rttNs / (nowNs - startNs);
    }

    private void send() {
        while ((inFlight.size() + 1L) * datagramBytes <= control.windowBytes()) {
            lastSentNs = Math.max(nowNs, lastSentNs + GAP_NS);
            sent++;
            inFlight.add(new Datagram(lastSentNs, sent % lossInterval == 0));
            control.onSent(lastSentNs, datagramBytes, (long) inFlight.size() * datagramBytes);
        }
    }

    private void receive() {
        final Datagram datagram = inFlight.remove();
        nowNs = Math.max(nowNs, datagram.sentNs + rttNs);
        if (datagram.isLost) {
            control.onLost(nowNs, datagramBytes, datagram.sentNs);
        } else {
            rtt.onSample(rttNs, 0, 0);
            control.onAcknowledged(nowNs, datagramBytes, datagram.sentNs, true, rtt);
        }
    }

    private record Datagram(long sentNs, boolean isLost) {}
}
