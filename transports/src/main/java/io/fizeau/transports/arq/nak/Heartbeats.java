package io.fizeau.transports.arq.nak;

import io.fizeau.transports.arq.timing.RttEstimator;
import java.util.concurrent.TimeUnit;

/**
 * When a sender that rests says so: first after a round trip and an eighth (the time threshold of RFC 9002 section 6.1.2), then after
 * pauses twice as long each time. The answers measure the round trip; each names the heartbeat that it answers, so that none is ambiguous.
 */
final class Heartbeats {
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RttEstimator estimator;
    private final long maxNs;
    private long pauseNs;
    private long sinceNs;
    private int count;
    private long sentNs;
    private boolean isAnswered = true;

    Heartbeats(final long initialRttNs, final long maxNs) {
        this.estimator = new RttEstimator(initialRttNs);
        this.maxNs = maxNs;
    }

    /** The sender rests from now on, and has a reason to be heard soon. */
    void onRest(final long nowNs) {
        sinceNs = nowNs;
        pauseNs = Math.min(maxNs, estimator.lossDelayNs(LEAST_NS));
    }

    /** It was heard from, for another reason. */
    void onHeard(final long nowNs) {
        sinceNs = nowNs;
    }

    /** The number of the heartbeat that is sent next. */
    int nextCount() {
        return count + 1;
    }

    void onSent(final long nowNs) {
        count++;
        sentNs = nowNs;
        isAnswered = false;
        sinceNs = nowNs;
        pauseNs = Math.min(maxNs, 2 * pauseNs);
    }

    void onAnswer(final int answered, final long nowNs) {
        if (answered == count && !isAnswered) {
            isAnswered = true;
            estimator.onSample(nowNs - sentNs, 0, 0);
        }
    }

    long roundTripNs() {
        return estimator.smoothedNs();
    }

    long deadlineNs() {
        return sinceNs + pauseNs;
    }
}
