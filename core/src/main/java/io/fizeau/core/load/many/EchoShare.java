package io.fizeau.core.load.many;

import io.fizeau.core.load.Check;
import io.fizeau.core.load.PeerLink;
import io.fizeau.core.transport.Guarantee;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The connections of one client thread, and the node they are of. Used by that thread, but for the counters. */
final class EchoShare {
    private static final int POLL_LIMIT = 256;
    private static final int LANES_PER_NODE_POLL = 64;
    /** Where the transport's threads do the work, the client's has only to look now and then. */
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Each holds a megabyte of counts. */
    private static final int MOST_RECORDS = 16;

    private final ClientEnd end;
    private final EchoGate gate;
    private final List<EchoRecord> records = new ArrayList<>();
    private final List<EchoLane> lanes = new ArrayList<>();
    private final @Nullable UnsafeBuffer message;
    private long polls; // with the next one read by another thread after this one's phase has ended
    private long usefulPolls;

    EchoShare(final ClientEnd end, final EchoGate gate) {
        this.end = end;
        this.gate = gate;
        // Not more threads can meet than there are processors, but for one that loses its own while it records.
        final int several = Math.min(MOST_RECORDS, 2 * Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < (end.isOwn() ? several : 1); i++) {
            records.add(new EchoRecord(end.isOwn()));
        }
        this.message = end.isOwn()
                ? null
                : new UnsafeBuffer(ByteBuffer.allocateDirect(end.settings().messageBytes()));
    }

    List<EchoRecord> records() {
        return records;
    }

    /** How many answers of the phase have come. */
    long answered() {
        long answered = 0;
        for (int i = 0; i < records.size(); i++) {
            answered += records.get(i).answered();
        }
        return answered;
    }

    void growTo(final int connections) {
        while (lanes.size() < connections) {
            final EchoLane lane = new EchoLane(end, gate, records.get(lanes.size() % records.size()), message);
            lane.connect(end);
            lanes.add(lane);
            pollNodeAfter(lanes.size());
        }
    }

    void begin(final Check check) {
        records.forEach(EchoRecord::reset);
        polls = 0;
        usefulPolls = 0;
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).begin(check, gate.phase());
            pollNodeAfter(i + 1);
        }
    }

    /** Sends the first message of each connection; answers may come meanwhile. */
    void start() {
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).start();
            pollNodeAfter(i + 1);
        }
    }

    /** One look for answers. */
    void turn() {
        if (end.isOwn()) {
            LockSupport.parkNanos(PARK_NS);
            first().turn(answered());
        } else {
            polls++;
            final int work = lanes.size() == 1
                    ? first().connection().poll(POLL_LIMIT)
                    : end.node().poll(POLL_LIMIT);
            if (work > 0) {
                usefulPolls++;
                first().turn(answered());
            } else {
                first().idle(answered());
            }
        }
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).hasClosed()) {
                throw first().failure("one of " + lanes.size() + " connections is closed");
            }
        }
    }

    /** Until the phase is closed and every message is back. */
    void serve() {
        while (gate.isOpen()) {
            turn();
        }
        drain();
    }

    /** Waits for the last answers. */
    void drain() {
        final long startNs = System.nanoTime();
        int back = 0;
        while (back < lanes.size()) {
            if (!lanes.get(back).isUnderWay()) {
                back++;
            } else {
                if (System.nanoTime() - startNs > end.settings().timeoutNs()) {
                    throw first().failure("of " + lanes.size() + " connections not all got their last answer within "
                            + TimeUnit.NANOSECONDS.toMillis(end.settings().timeoutNs()) + " ms");
                }
                turn();
            }
        }
    }

    /** How many wrong messages the far end saw in the phase. */
    long wrongThere() {
        long wrong = 0;
        for (int i = 0; i < lanes.size(); i++) {
            wrong += lanes.get(i).link().ask().wrong();
            pollNodeAfter(i + 1);
        }
        return wrong;
    }

    /** Of the polls of the phase, those that found something. */
    double usefulPollShare() {
        return polls == 0 || end.settings().guarantees().has(Guarantee.BLOCKING_DELIVERY)
                ? Double.NaN
                : (double) usefulPolls / polls;
    }

    void close() {
        lanes.forEach(EchoLane::close);
    }

    PeerLink first() {
        return lanes.get(0).link();
    }

    /** What takes each connection its time must not keep the node waiting. */
    private void pollNodeAfter(final int count) {
        if (count % LANES_PER_NODE_POLL == 0 && !end.isOwn()) {
            end.node().poll(POLL_LIMIT);
        }
    }
}
