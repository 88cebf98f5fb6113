package io.fizeau.transports.nio;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The listeners of a node that look away for a while, because the system lets nobody in now: each comes back by itself. By the
 * driving thread.
 */
final class AcceptPauses {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ArrayDeque<NioListener> away = new ArrayDeque<>(); // who comes back first is first

    void begin(final NioListener listener, final long nowNs) {
        listener.lookAway(nowNs + PAUSE_NS);
        away.add(listener);
    }

    /** Lets those accept again whose pause is over. */
    void end(final long nowNs) {
        while (!away.isEmpty() && nowNs - away.element().awayUntilNs() >= 0) {
            away.remove().lookAgain();
        }
    }
}
