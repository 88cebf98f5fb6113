package io.fizeau.bench.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often one thread polled, and how often it found something. One thread counts, in variables of its own, and adds here once in
 * many polls; any thread reads. The stores need no fence, because nobody waits for them.
 */
final class PollCounter {
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong useful = new AtomicLong();

    /** By the polling thread only. */
    void add(final long morePolls, final long moreUseful) {
        polls.lazySet(polls.getPlain() + morePolls);
        useful.lazySet(useful.getPlain() + moreUseful);
    }

    long polls() {
        return polls.get();
    }

    long useful() {
        return useful.get();
    }
}
