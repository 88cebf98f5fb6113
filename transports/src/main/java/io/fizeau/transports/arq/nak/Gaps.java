package io.fizeau.transports.arq.nak;

import io.fizeau.transports.arq.stream.ReceiveQueue;
import io.fizeau.transports.arq.timing.RttEstimator;
import io.fizeau.transports.datagram.session.Deadlines;
import io.fizeau.transports.datagram.session.Mechanism;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * Which pieces are missing, as far as is known, and when each is to be asked for. What was asked for is asked for again when the round
 * trip, as measured from a request to the piece, has passed with a margin (RFC 6298), and then after twice as long each time.
 */
final class Gaps {
    private static final long GRANULARITY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_DOUBLINGS = 30;

    private final ReceiveQueue queue;
    private final NakOptions options;
    private final RttEstimator estimator;
    private final int mask;
    private final long[] dueNs; // of the pieces from missing to knownEnd
    private final long[] askedNs;
    private final byte[] asks;
    private final long[] from;
    private final long[] to;

    private int ranges;
    private long knownEnd; // one beyond the last piece that the peer is known to have sent
    private long passedEnd; // gaps before it wait for nothing
    private long nextDueNs = Mechanism.NEVER;

    Gaps(
            final ReceiveQueue queue,
            final int window,
            final int mostRanges,
            final long initialRttNs,
            final NakOptions options) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(window);
        this.queue = queue;
        this.options = options;
        this.estimator = new RttEstimator(initialRttNs);
        this.mask = capacity - 1;
        this.dueNs = new long[capacity];
        this.askedNs = new long[capacity];
        this.asks = new byte[capacity];
        this.from = new long[mostRanges];
        this.to = new long[mostRanges];
        this.knownEnd = queue.missing();
        this.passedEnd = queue.missing();
    }

    /** The peer has sent all pieces before a number. */
    void onKnown(final long end, final long nowNs) {
        for (long number = knownEnd; number < end; number++) {
            final int at = index(number);
            asks[at] = 0;
            dueNs[at] = number < passedEnd ? nowNs : nowNs + options.nakDelayNs();
            nextDueNs = Deadlines.earlier(nextDueNs, dueNs[at]);
        }
        knownEnd = Math.max(knownEnd, end);
    }

    /** A piece has come that was missing. */
    void onPiece(final long number, final boolean isAgain, final long nowNs) {
        if (number >= knownEnd) {
            onKnown(number, nowNs);
            knownEnd = number + 1;
        } else if (isAgain && asks[index(number)] == 1) {
            // Asked for once, and sent again for that: the sample is of this request (Karn).
            estimator.onSample(nowNs - askedNs[index(number)], 0, 0);
        }
    }

    /** What is missing before a number waits for nothing. */
    void onPassed(final long end, final long nowNs) {
        for (long number = Math.max(passedEnd, queue.missing()); number < Math.min(end, knownEnd); number++) {
            final int at = index(number);
            if (asks[at] == 0 && dueNs[at] - nowNs > 0 && !queue.has(number)) {
                dueNs[at] = nowNs;
                nextDueNs = Deadlines.earlier(nextDueNs, nowNs);
            }
        }
        passedEnd = Math.max(passedEnd, end);
    }

    /** Finds the first ranges that are due. */
    int findDue(final long nowNs) {
        ranges = 0;
        long laterNs = Mechanism.NEVER;
        boolean isWithin = false;
        for (long number = queue.missing(); number < knownEnd; number++) {
            final boolean isMissing = !queue.has(number);
            final boolean isDue = isMissing && nowNs - dueNs[index(number)] >= 0;
            if (isMissing && !isDue) {
                laterNs = Deadlines.earlier(laterNs, dueNs[index(number)]);
            }
            if (isDue) {
                if (!isWithin) {
                    if (ranges == from.length) {
                        laterNs = nowNs;
                        break;
                    }
                    from[ranges++] = number;
                }
                to[ranges - 1] = number + 1;
            }
            isWithin = isDue;
        }
        nextDueNs = ranges > 0 ? nowNs : laterNs;
        return ranges;
    }

    long from(final int range) {
        return from[range];
    }

    long to(final int range) {
        return to[range];
    }

    /** What {@link #findDue} found has been asked for. */
    void onAsked(final long nowNs) {
        final long timeoutNs = estimator.retransmissionTimeoutNs(GRANULARITY_NS, 1, options.retryMaxNs());
        for (int range = 0; range < ranges; range++) {
            for (long number = from[range]; number < to[range]; number++) {
                final int at = index(number);
                final long waitNs = timeoutNs << asks[at];
                asks[at] = (byte) Math.min(MOST_DOUBLINGS, asks[at] + 1);
                askedNs[at] = nowNs;
                dueNs[at] = nowNs + Math.min(waitNs, options.retryMaxNs());
            }
        }
    }

    /** When {@link #findDue} may find something. */
    long deadlineNs() {
        return nextDueNs;
    }

    private int index(final long number) {
        return (int) number & mask;
    }
}
