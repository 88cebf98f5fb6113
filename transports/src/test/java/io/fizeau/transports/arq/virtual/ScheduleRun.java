package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Loss;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.datagram.session.DatagramCounters;
import io.fizeau.transports.datagram.session.Mechanism;
import java.util.List;
import java.util.Objects;

/** Runs a schedule from the first OPEN to the last CLOSE and asserts what must hold of it. */
final class ScheduleRun {
    private static final long SECOND = 1_000_000_000;
    /** More than all blackouts, stalls and grown time-outs of a schedule together. */
    private static final long LIVE_NS = 600 * SECOND;

    private static final long LINGER_NS = 2 * SECOND;

    private final Simulation simulation;
    private final Schedule schedule;
    private final boolean weighs;
    private long tookNs;
    private int takenByServer;
    private long brokenAtServer;
    private long brokenAtClient;

    /**
     * Makes one.
     *
     * @param simulation not run yet.
     * @param weighs whether the memory of the mechanisms is looked at too, which takes its time.
     */
    ScheduleRun(final Simulation simulation, final boolean weighs) {
        this.simulation = simulation;
        this.schedule = simulation.schedule;
        this.weighs = weighs;
    }

    /** Runs it. */
    void run() {
        open();
        final long openedNs = simulation.clock.nowNs;
        final long clientWeight = weigh(simulation.client);
        final long serverWeight = weigh(simulation.server());
        if (!simulation.runUntil(simulation::isDone, LIVE_NS)) {
            throw new AssertionError("not finished");
        }
        tookNs = simulation.clock.nowNs - openedNs;
        simulation.runFor(LINGER_NS);
        if (!simulation.isDone() && (isReliable() || !simulation.runUntil(simulation::isDone, LIVE_NS))) {
            throw new AssertionError("not finished any more");
        }
        checkWeight(clientWeight, weigh(simulation.client));
        checkWeight(serverWeight, weigh(simulation.server()));
        takenByServer = simulation.server().taken();
        close();
        checkCounts();
    }

    /** Datagrams that were injected at an end and must be counted there as altered, foreign or truncated. */
    void countBroken(final Direction direction) {
        if (direction == Direction.TO_SERVER) {
            brokenAtServer++;
        } else {
            brokenAtClient++;
        }
    }

    /** From the opening until everything was done. */
    long tookNs() {
        return tookNs;
    }

    private void open() {
        if (!simulation.runUntil(simulation::isOpen, schedule.settings().connectTimeoutNs())) {
            throw new AssertionError("not opened");
        }
        if (simulation.endpoint.size() != 1) {
            throw new AssertionError(simulation.endpoint.size() + " sessions");
        }
    }

    private void close() {
        final VirtualUser closer = schedule.serverCloses() ? simulation.server() : simulation.client;
        final VirtualUser other = schedule.serverCloses() ? simulation.client : simulation.server();
        closer.session().close();
        if (!simulation.runUntil(
                () -> other.closed() != null, 3 * schedule.settings().idleTimeoutNs())) {
            throw new AssertionError("the other end did not notice the end");
        }
        simulation.runUntil(() -> false, SECOND);
        if (closer.closed() != null
                || (other.closed() != CloseReason.PEER_CLOSED && other.closed() != CloseReason.PEER_LOST)) {
            throw new AssertionError("closed for another reason");
        }
        if (simulation.endpoint.size() != 0) {
            throw new AssertionError("the ended session is kept");
        }
    }

    private long weigh(final VirtualUser user) {
        return weighs ? Footprint.of(Objects.requireNonNull(mechanism(user))) : 0;
    }

    private static Mechanism mechanism(final VirtualUser user) {
        final Mechanism mechanism = user.session().mechanism();
        if (mechanism == null) {
            throw new AssertionError("the connection ended: " + user.closed());
        }
        return mechanism;
    }

    /** The only thing that grows, once, is the room for a message in pieces, or for those that the user does not take. */
    private void checkWeight(final long before, final long after) {
        final int messages = isReliable() ? 1 : schedule.settings().windowDatagrams();
        if (after > before + (long) messages * schedule.settings().maxMessageBytes()) {
            throw new AssertionError("a mechanism grew from " + before + " to " + after + " elements");
        }
    }

    private void checkCounts() {
        final long arrivedAltered = altered(simulation.clientTools.counters());
        final long arrivedAlteredToo = altered(simulation.serverTools.counters());
        checkAltered(Direction.TO_CLIENT, arrivedAltered - brokenAtClient);
        checkAltered(Direction.TO_SERVER, arrivedAlteredToo - brokenAtServer);
        for (final DatagramCounters counters :
                List.of(simulation.clientTools.counters(), simulation.serverTools.counters())) {
            if (counters.malformed + counters.forged + counters.wrongAddress + counters.refused != 0) {
                throw new AssertionError("what its peer sends is strange to an end: " + counters.values());
            }
        }
        if (isClean() && !(schedule.settings().kind() instanceof SimpleKind)) {
            final long again = simulation.clientTools.arqCounters().resent
                    + simulation.serverTools.arqCounters().resent
                    + simulation.clientTools.arqCounters().timeouts
                    + simulation.serverTools.arqCounters().timeouts;
            if (again != 0) {
                throw new AssertionError(
                        "nothing was lost, and yet there were resent datagrams or time-outs: " + again);
            }
            if (simulation.client.taken() < schedule.toClient().messages()
                    || takenByServer < schedule.toServer().messages()) {
                throw new AssertionError("nothing was lost, and yet a message did not come");
            }
        }
    }

    private boolean isReliable() {
        return Promise.of(schedule.settings().kind()).isReliable();
    }

    private static long altered(final DatagramCounters counters) {
        return counters.corrupt + counters.foreign + counters.truncated;
    }

    private void checkAltered(final Direction direction, final long counted) {
        final PathCounts counts = simulation.link.path(direction).counts();
        final long least = counts.corrupted() - counts.held();
        if (counted < least || counted > counts.corrupted() + counts.duplicated()) {
            throw new AssertionError(direction + ": " + counts.corrupted() + " datagrams were altered, but " + counted
                    + " such were counted");
        }
    }

    /** Whether no reason for a retransmission was scheduled, and no burst was more than the path holds. */
    private boolean isClean() {
        return isClean(schedule.impairment().toServer())
                && isClean(schedule.impairment().toClient())
                && simulation.link.path(Direction.TO_SERVER).counts().lost() == 0
                && simulation.link.path(Direction.TO_CLIENT).counts().lost() == 0
                && schedule.darkToServer().isEmpty()
                && schedule.darkToClient().isEmpty()
                && isAttentive(schedule.toServer())
                && isAttentive(schedule.toClient())
                && schedule.socketRefusesPpm() == 0;
    }

    private static boolean isClean(final OneWay way) {
        return way.loss() instanceof Loss.None
                && way.drops().isEmpty()
                && way.reorderPpm() == 0
                && way.jitterNs() == 0
                && way.corruptPpm() == 0
                && way.rateBitsPerSecond() == 0;
    }

    private static boolean isAttentive(final Traffic traffic) {
        return traffic.stalls().isEmpty() && traffic.refusedPpm() == 0;
    }
}
