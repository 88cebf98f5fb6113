package io.fizeau.transports.nio;

import java.util.ArrayDeque;

/** Who waits to be served: nobody is served twice before everybody was once. By the driving thread. */
final class Turns {
    private final ArrayDeque<Selected> ready = new ArrayDeque<>();
    private final ArrayDeque<Selected> again = new ArrayDeque<>();

    /** Queues what has to be served: in the next poll, or, if it is tried again, in one after a short sleep. */
    void queue(final Selected selected, final boolean isAgain) {
        if (selected.enqueue()) {
            (isAgain ? again : ready).add(selected);
        }
    }

    void unqueue(final Selected selected) {
        if (!ready.removeFirstOccurrence(selected)) {
            again.removeFirstOccurrence(selected);
        }
        selected.dequeued();
    }

    /** Whether somebody waits whose turn is now. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Whether somebody waits to be tried again. */
    boolean hasRetries() {
        return !again.isEmpty();
    }

    int serve(final int limit) {
        final int retries = again.size();
        final int work = serve(ready, ready.size(), limit);
        return work < limit ? work + serve(again, retries, limit - work) : work;
    }

    private static int serve(final ArrayDeque<Selected> queue, final int turns, final int limit) {
        int work = 0;
        for (int turn = 0; turn < turns && work < limit; turn++) {
            final Selected selected = queue.poll();
            if (selected == null) {
                break;
            }
            selected.dequeued();
            work += selected.serve(limit - work);
        }
        return work;
    }
}
