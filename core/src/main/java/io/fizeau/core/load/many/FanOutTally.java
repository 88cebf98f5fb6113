package io.fizeau.core.load.many;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;

/**
 * Counts the copies of the one message that is under way, and times each. What it keeps is guarded by itself, because copies may come on
 * several threads; a copy that is none of the present message is never taken for one.
 */
final class FanOutTally {
    private final LatencyRecorder each = LatencyRecorder.withEpisodes();
    private final LatencyRecorder last = LatencyRecorder.withEpisodes();
    private final int receivers;
    private int phase; // this and what follows: guarded by this
    private long sequence;
    private long sentNs;
    private int copies;
    private long stale;
    private long wrong;
    private volatile boolean isContentChecked; // by the loop's thread between phases
    private volatile boolean isComplete; // guarded by this for writing
    private volatile boolean hasClosed; // by whichever thread a connection closes on

    FanOutTally(final int receivers) {
        this.receivers = receivers;
    }

    synchronized void begin(final int newPhase, final boolean checksContent) {
        phase = newPhase;
        isContentChecked = checksContent;
        sequence = -1;
        stale = 0;
        wrong = 0;
        each.reset();
        last.reset();
    }

    /** Before a message leaves. */
    synchronized void expect(final long newSequence) {
        sequence = newSequence;
        copies = 0;
        isComplete = false;
        sentNs = System.nanoTime();
    }

    synchronized void onCopy(final int ofPhase, final long ofSequence, final boolean isIntact) {
        final long nowNs = System.nanoTime();
        if (ofPhase != phase || ofSequence != sequence || isComplete) {
            stale++;
            return;
        }
        wrong += isIntact ? 0 : 1;
        each.record(nowNs - sentNs);
        if (++copies == receivers) {
            last.record(nowNs - sentNs);
            isComplete = true;
        }
    }

    synchronized void onWrong() {
        wrong++;
    }

    void onClosed() {
        hasClosed = true;
    }

    boolean hasClosed() {
        return hasClosed;
    }

    boolean isComplete() {
        return isComplete;
    }

    boolean isContentChecked() {
        return isContentChecked;
    }

    synchronized int copies() {
        return copies;
    }

    synchronized long stale() {
        return stale;
    }

    synchronized long wrong() {
        return wrong;
    }

    synchronized LatencyDistribution takeEach() {
        return each.take();
    }

    synchronized LatencyDistribution takeLast() {
        return last.take();
    }
}
