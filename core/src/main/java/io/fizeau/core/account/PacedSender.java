package io.fizeau.core.account;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.schedule.Schedule;
import io.fizeau.core.transport.SendStatus;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;

/**
 * Sends each message when it falls due, or as soon after as it can; the schedule is never moved to what the clock said. It owns
 * the sending half of the account: what fell due, what was accepted, how late, and through whose fault.
 *
 * <p>The lag of a message, from when it was due to when the transport has taken it, is split in two. <em>Generator lateness</em> is
 * this thread's: it was not there when the message could have left. The <em>send lag</em> is the transport's: the time inside its
 * send, and the time for which earlier sends held this message up. While the sender is behind, the time since the last message
 * started went partly into that send and partly elsewhere, and what is left of the backlog is shared out in the proportion in which
 * both have built it. The two and the flight add up to the response time exactly.
 *
 * <p>Used by one thread.
 */
public final class PacedSender {
    private static final int LEAST_REMEMBERED = 1 << 10;
    private static final int MOST_REMEMBERED = 1 << 20;
    private static final double NS_PER_SECOND = 1e9;

    private final Schedule schedule;
    private final NanoClock clock;
    private final Outlet outlet;
    private final long deadlineNs;
    private final Departures departures;
    private final LatencyRecorder generatorLateness = LatencyRecorder.ofValues();
    private final LatencyRecorder sendLag = LatencyRecorder.ofValues();

    private long startNs;
    private boolean hasStarted;
    private long nextSequence;
    private long nextOffsetNs;
    private long refused;
    private long backlog;

    // Of the last message: when its send began and returned, and whose fault its lag was.
    private long startedNs;
    private long handedOverNs;
    private long generatorsPartNs;
    private long transportsPartNs;

    /**
     * Creates a sender.
     *
     * @param schedule when messages fall due; now the sender's own.
     * @param ratePerSecond the schedule's mean rate, by which the sender knows how many messages can be under way.
     * @param deadlineNs after this time a message is late, in nanoseconds.
     * @param clock the time.
     * @param outlet where to send.
     */
    public PacedSender(
            final Schedule schedule,
            final double ratePerSecond,
            final long deadlineNs,
            final NanoClock clock,
            final Outlet outlet) {
        if (deadlineNs < 1) {
            throw TransportException.badRequest("deadlineNs=" + deadlineNs + " must be at least 1");
        }
        this.schedule = schedule;
        this.clock = clock;
        this.outlet = outlet;
        this.deadlineNs = deadlineNs;
        // Twice as many as fall due within the deadline: who comes later is late anyway.
        final double underWay = 2 * ratePerSecond * deadlineNs / NS_PER_SECOND;
        this.departures = new Departures(BitUtil.findNextPositivePowerOfTwo(
                (int) Math.max(LEAST_REMEMBERED, Math.min(MOST_REMEMBERED, underWay))));
    }

    /**
     * Starts a phase: its first message falls due a first offset after the first call of {@link #sendNext()}.
     *
     * @param phase a number that tells phases apart.
     */
    public void begin(final int phase) {
        schedule.restart(phase);
        nextOffsetNs = schedule.nextOffsetNs();
        hasStarted = false;
        nextSequence = 0;
        refused = 0;
        backlog = 0;
        generatorLateness.reset();
        sendLag.reset();
        departures.clear();
        generatorsPartNs = 0;
        transportsPartNs = 0;
    }

    /**
     * Waits until the next message is due, looking for answers meanwhile, and sends it. While it is behind the schedule it looks for
     * answers once and sends at once. Waits as long as the outlet does not take it.
     *
     * @return the message's sequence.
     */
    public long sendNext() {
        if (!hasStarted) {
            start();
        }
        final long dueNs = startNs + nextOffsetNs;
        nextOffsetNs = schedule.nextOffsetNs();
        long nowNs = clock.nanoTime();
        if (nowNs - dueNs < 0) {
            do {
                outlet.idle(dueNs);
                nowNs = clock.nanoTime();
            } while (nowNs - dueNs < 0);
            generatorsPartNs = nowNs - dueNs;
            transportsPartNs = 0;
        } else {
            nowNs = catchUp(dueNs, nowNs);
        }
        return send(dueNs, nowNs);
    }

    /**
     * Sends a message that is due just now, whatever the schedule says: for passes that are not timed.
     *
     * @return the message's sequence.
     */
    public long sendNow() {
        final long nowNs = clock.nanoTime();
        generatorsPartNs = 0;
        transportsPartNs = 0;
        return send(nowNs, nowNs);
    }

    /**
     * Sends what has fallen due and was not sent yet.
     *
     * @param nowNs up to when a message counts as fallen due.
     * @param untilNs when to stop trying.
     * @return how many fell due and were not sent all the same.
     */
    public long finish(final long nowNs, final long untilNs) {
        final long before = nextSequence;
        while (hasStarted && startNs + nextOffsetNs - nowNs <= 0 && clock.nanoTime() - untilNs < 0) {
            sendNext();
        }
        long unsent = 0;
        while (hasStarted && startNs + nextOffsetNs - nowNs <= 0) {
            unsent++;
            nextOffsetNs = schedule.nextOffsetNs();
        }
        backlog = nextSequence - before + unsent;
        return unsent;
    }

    /**
     * How many messages were accepted in this phase.
     *
     * @return a count.
     */
    public long accepted() {
        return nextSequence;
    }

    /**
     * How often a message was offered and not taken.
     *
     * @return a count.
     */
    public long refused() {
        return refused;
    }

    /** How many messages had fallen due and not been accepted when {@link #finish} was called. */
    long backlog() {
        return backlog;
    }

    LatencyRecorder generatorLateness() {
        return generatorLateness;
    }

    LatencyRecorder sendLag() {
        return sendLag;
    }

    Departures departures() {
        return departures;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    private void start() {
        hasStarted = true;
        startNs = clock.nanoTime();
        startedNs = startNs;
        handedOverNs = startNs;
    }

    /** Behind the schedule: sees to the answers, and says whose fault it is. Returns the time. */
    private long catchUp(final long dueNs, final long turnNs) {
        outlet.poll();
        final long nowNs = clock.nanoTime();
        final long lagNs = nowNs - dueNs;
        if (handedOverNs - dueNs <= 0) {
            // Not held up by anything before it.
            generatorsPartNs = turnNs - dueNs;
            transportsPartNs = nowNs - turnNs;
            return nowNs;
        }
        final long generatorsNs = generatorsPartNs + (turnNs - handedOverNs);
        final long transportsNs = transportsPartNs + (handedOverNs - startedNs) + (nowNs - turnNs);
        final double share = (double) generatorsNs / Math.max(1, generatorsNs + transportsNs);
        generatorsPartNs = (long) (share * lagNs);
        transportsPartNs = lagNs - generatorsPartNs;
        return nowNs;
    }

    private long send(final long dueNs, final long nowNs) {
        final long sequence = nextSequence;
        departures.onStart(sequence, dueNs, nowNs);
        SendStatus status = outlet.offer(sequence, dueNs);
        while (status != SendStatus.ACCEPTED) {
            refused++;
            outlet.onRefused(status);
            status = outlet.offer(sequence, dueNs);
        }
        final long doneNs = clock.nanoTime();
        departures.onHandedOver(sequence, doneNs);
        generatorLateness.record(generatorsPartNs);
        sendLag.record(doneNs - dueNs - generatorsPartNs);
        startedNs = nowNs;
        handedOverNs = doneNs;
        nextSequence = sequence + 1;
        return sequence;
    }
}
