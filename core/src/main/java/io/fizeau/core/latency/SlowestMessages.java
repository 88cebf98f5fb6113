package io.fizeau.core.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the slowest messages of a phase with the time at which they were due, so that they can be laid against what else
 * happened on the machine then. Allocates nothing while it records. Used by one thread.
 */
public final class SlowestMessages {
    /** How many are kept. */
    public static final int KEPT = 100;

    // A heap, the fastest of them on top: the first to be thrown out.
    private final long[] latencyNs = new long[KEPT];
    private final long[] dueNs = new long[KEPT];
    private int size;

    /**
     * One slow message.
     *
     * @param latencyNs how long it took from when it was due, in nanoseconds.
     * @param dueNs when it was due, in nanoseconds of the recording clock.
     */
    public record Slow(long latencyNs, long dueNs) {}

    /**
     * Looks at one message. For nearly all of them this is one comparison.
     *
     * @param messageLatencyNs how long it took, in nanoseconds.
     * @param messageDueNs when it was due, in nanoseconds of the recording clock.
     */
    public void record(final long messageLatencyNs, final long messageDueNs) {
        if (size == KEPT && messageLatencyNs <= latencyNs[0]) {
            return;
        }
        keep(messageLatencyNs, messageDueNs);
    }

    /**
     * What is kept, and forgets it.
     *
     * @return the slowest first.
     */
    public List<Slow> take() {
        final List<Slow> slowest = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slowest.add(new Slow(latencyNs[i], dueNs[i]));
        }
        size = 0;
        slowest.sort(Comparator.comparingLong(Slow::latencyNs).reversed());
        return slowest;
    }

    /** Forgets what is kept; allocates nothing. */
    public void reset() {
        size = 0;
    }

    private void keep(final long messageLatencyNs, final long messageDueNs) {
        if (size < KEPT) {
            siftUp(size++, messageLatencyNs, messageDueNs);
        } else {
            siftDown(messageLatencyNs, messageDueNs);
        }
    }

    private void siftUp(final int from, final long latency, final long due) {
        int place = from;
        while (place > 0) {
            final int parent = (place - 1) >>> 1;
            if (latencyNs[parent] <= latency) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, latency, due);
    }

    private void siftDown(final long latency, final long due) {
        int place = 0;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && latencyNs[child + 1] < latencyNs[child]) {
                child++;
            }
            if (latencyNs[child] >= latency) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, latency, due);
    }

    private void move(final int from, final int to) {
        put(to, latencyNs[from], dueNs[from]);
    }

    private void put(final int place, final long latency, final long due) {
        latencyNs[place] = latency;
        dueNs[place] = due;
    }
}
