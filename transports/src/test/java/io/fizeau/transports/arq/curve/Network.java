package io.fizeau.transports.arq.curve;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Fate;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathCounts;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * One link in virtual time, shared by flows of one direction; their acknowledgements come back the other way. It has no sessions: each
 * machine is driven by itself, so that nothing but the mechanism is measured.
 *
 * <p>Where a wire rate is given, a machine meets it as it meets a socket whose buffer holds one datagram: while a datagram leaves, the next is
 * refused, and offered again when the wire is free. So no queue stands between machine and link, as in the textbook. A rate in the
 * impairment is a bottleneck with a queue instead.
 */
public final class Network {
    private static final int PACKETS = 4_096;
    private static final int PACKET_BYTES = 1_536;
    private static final int MOST_ROUNDS = 10_000;
    private static final int POLLS = 4; // in the time of the longest datagram
    private static final long BITS_PER_BYTE_NS = 8_000_000_000L;

    private final ImpairedPath toServer;
    private final ImpairedPath toClient;
    private final long wireBitsPerSecond;
    private final List<Flow> flows = new ArrayList<>();
    private final Memory arrival = Memory.onHeap(PACKET_BYTES);
    private final long pollNs;
    private long nowNs = 1_000_000_000L;
    private long freeNs = nowNs;

    /**
     * Makes one.
     *
     * @param impairment the link.
     * @param wireBitsPerSecond how fast a datagram leaves the sending end; 0 for at once.
     */
    public Network(final Impairment impairment, final long wireBitsPerSecond) {
        final PathLimits limits = new PathLimits(PACKETS, PACKET_BYTES, 0, 0);
        this.toServer = impairment.path(Direction.TO_SERVER, limits);
        this.toClient = impairment.path(Direction.TO_CLIENT, limits);
        this.wireBitsPerSecond = wireBitsPerSecond;
        this.pollNs = wireBitsPerSecond == 0 ? 0 : PACKET_BYTES * BITS_PER_BYTE_NS / wireBitsPerSecond / POLLS;
    }

    /** Adds a flow. */
    public Flow connect(final MechanismKind kind, final MechanismSettings settings) {
        final Flow flow = new Flow(this, flows.size(), kind, settings);
        flows.add(flow);
        return flow;
    }

    /** The time. */
    public long nowNs() {
        return nowNs;
    }

    /** What happened to the datagrams towards the server. */
    public PathCounts counts() {
        return toServer.counts();
    }

    /** What happened to those towards the client. */
    public PathCounts countsBack() {
        return toClient.counts();
    }

    /** Whether the wire is taken by a datagram that leaves. */
    boolean isBusy() {
        return freeNs > nowNs;
    }

    /** How long a machine that was refused is left alone: its timers run while a datagram leaves, as a thread that polls sees them. */
    long pollNs() {
        return pollNs;
    }

    Fate offer(
            final Direction direction,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final boolean isGated) {
        if (direction == Direction.TO_CLIENT) {
            return toClient.offer(nowNs, buffer, offset, length);
        }
        if (wireBitsPerSecond > 0) {
            freeNs = nowNs + length * BITS_PER_BYTE_NS / wireBitsPerSecond;
        }
        // Its last bit leaves then.
        return isGated ? Fate.LIST : toServer.offer(Math.max(freeNs, nowNs), buffer, offset, length);
    }

    /** Runs until a condition holds. */
    public void until(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!step(Long.MAX_VALUE - 1)) {
                throw new AssertionError("nothing more happens, and what was awaited has not come");
            }
        }
    }

    /** Runs for a time. */
    public void pass(final long ns) {
        final long endNs = nowNs + ns;
        while (step(endNs)) {
            // on to the next event
        }
        nowNs = endNs;
    }

    private boolean step(final long endNs) {
        serve();
        long nextNs = Math.min(toServer.nextReleaseNs(), toClient.nextReleaseNs());
        for (final Flow flow : flows) {
            nextNs = Math.min(nextNs, flow.nextNs(freeNs));
        }
        if (nextNs > endNs) {
            return false;
        }
        nowNs = Math.max(nowNs, nextNs);
        toServer.poll(nowNs, (buffer, offset, length) -> arrived(Direction.TO_SERVER, buffer, offset, length));
        toClient.poll(nowNs, (buffer, offset, length) -> arrived(Direction.TO_CLIENT, buffer, offset, length));
        return true;
    }

    private boolean arrived(final Direction direction, final DirectBuffer buffer, final int offset, final int length) {
        arrival.view().putBytes(0, buffer, offset, length);
        flows.get(Flow.indexOf(arrival.view())).arrived(direction, arrival.view(), length);
        return true;
    }

    private void serve() {
        int rounds = 0;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = false;
            for (final Flow flow : flows) {
                goesOn |= flow.serve(freeNs);
            }
            if (++rounds > MOST_ROUNDS) {
                throw new AssertionError("time stands still at " + nowNs);
            }
        }
    }

    /** Whether a time that a machine or a source names has come. */
    static boolean isDue(final long deadlineNs, final long nowNs) {
        return deadlineNs != Mechanism.NEVER && deadlineNs <= nowNs;
    }
}
