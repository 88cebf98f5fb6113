package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;
import java.util.Arrays;
import java.util.List;

/** The blackouts of a path: those of its schedule, and those that were asked for while it ran. */
final class Blackouts {
    private final Window[] scheduled;
    private int next;
    private long[] fromNs = new long[4];
    private long[] untilNs = new long[4];
    private int asked;

    Blackouts(final List<Window> scheduled) {
        this.scheduled = scheduled.toArray(new Window[0]);
    }

    /** Adds one by the clock of the path; allocates only here. */
    void add(final long from, final long until) {
        if (until - from <= 0) {
            throw TransportException.badRequest(
                    "blackout from " + from + " ns until " + until + " ns must end after it begins");
        }
        if (asked == fromNs.length) {
            fromNs = Arrays.copyOf(fromNs, 2 * asked);
            untilNs = Arrays.copyOf(untilNs, 2 * asked);
        }
        fromNs[asked] = from;
        untilNs[asked] = until;
        asked++;
    }

    boolean isDark(final long nowNs, final long sinceFirstNs) {
        while (next < scheduled.length && sinceFirstNs >= scheduled[next].untilNs()) {
            next++;
        }
        final boolean isScheduled = next < scheduled.length && sinceFirstNs >= scheduled[next].fromNs();
        return isAsked(nowNs) || isScheduled;
    }

    private boolean isAsked(final long nowNs) {
        boolean isDark = false;
        for (int i = asked - 1; i >= 0; i--) {
            if (nowNs - untilNs[i] >= 0) {
                asked--;
                fromNs[i] = fromNs[asked];
                untilNs[i] = untilNs[asked];
            } else {
                isDark |= nowNs - fromNs[i] >= 0;
            }
        }
        return isDark;
    }
}
