package io.fizeau.bench.instrument.experiment;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.load.ServiceTime;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.schedule.Schedule;

/**
 * What each message's response time must be at a server that works on one after the other, from when it falls due and how long it
 * is worked on (D. V. Lindley, The theory of queues with a single server, 1952): it is done at the later of when it fell due and
 * when the one before it was done, plus its service.
 *
 * @param arrivals when messages fall due.
 * @param service how long each is worked on.
 * @param phase the phase in which the schedule was run.
 */
record Lindley(Arrivals arrivals, ServiceTime service, int phase) {
    /**
     * The response times.
     *
     * @param messages how many.
     * @param beside how much longer than its service each message holds the server, in nanoseconds.
     * @return their distribution.
     */
    LatencyDistribution replay(final long messages, final long beside) {
        final LatencyRecorder response = LatencyRecorder.withEpisodes();
        final Schedule due = arrivals.newSchedule();
        due.restart(phase);
        long freeNs = 0;
        for (long sequence = 0; sequence < messages; sequence++) {
            final long dueNs = due.nextOffsetNs();
            freeNs = Math.max(dueNs, freeNs) + service.ofMessageNs(sequence) + beside;
            response.record(freeNs - dueNs);
        }
        return response.take();
    }
}
