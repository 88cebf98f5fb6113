package io.fizeau.core.impair;

import org.agrona.DirectBuffer;

/**
 * What happens to the packets of one direction: packets and the time in, packets and the time of the next one out. It reads no
 * clock; all times are those of the caller's clock in ns, which may begin anywhere. A packet passes, in this order, the blackouts, the
 * list of drops, the loss model, the queue and the rate limit, the delay with its jitter, and then may be overtaken; at the end some
 * are duplicated and corrupted.
 *
 * <p>What is random about a packet follows from the seed, the direction and the packet's index, except bursts in time, which follow
 * from the seed, the direction and the time since the first packet. Packets leave in the order in which they came, but for those that
 * are overtaken. A path has bounded memory and allocates nothing for a packet.
 *
 * <p>Used by one thread. A packet that finds no room is counted, never thrown about.
 */
public final class ImpairedPath {
    private final OneWay way;
    private final PathLimits limits;
    private final LossProcess loss;
    private final long[] drops;
    private final Blackouts blackouts;
    private final RateLimit rate;
    private final PacketLine line;
    private final long jitterStream;
    private final long reorderStream;
    private final long duplicateStream;
    private final long corruptStream;
    private final long bitStream;
    private final LossCounts lost = new LossCounts();

    private int nextDrop;
    private long seen;
    private long corrupted;
    private long firstNs;
    private long lastNs;
    private long lastDueNs;

    ImpairedPath(final OneWay way, final long seed, final PathLimits limits) {
        this.way = way;
        this.limits = limits;
        loss = LossProcess.of(way.loss(), seed);
        drops = way.drops().stream().mapToLong(Long::longValue).toArray();
        blackouts = new Blackouts(way.blackouts());
        rate = new RateLimit(way.rateBitsPerSecond(), way.queueBytes());
        line = new PacketLine(limits);
        jitterStream = Draws.stream(seed, Draws.JITTER);
        reorderStream = Draws.stream(seed, Draws.REORDER);
        duplicateStream = Draws.stream(seed, Draws.DUPLICATE);
        corruptStream = Draws.stream(seed, Draws.CORRUPT);
        bitStream = Draws.stream(seed, Draws.BIT);
    }

    /**
     * A packet enters. It is copied if it is not lost.
     *
     * @param nowNs the time; one earlier than at the last call counts as that one.
     * @param buffer where the packet lies.
     * @param offset where it begins.
     * @param length its bytes, 0 or more.
     * @return {@link Fate#HELD}, or why it is lost.
     */
    public Fate offer(final long nowNs, final DirectBuffer buffer, final int offset, final int length) {
        final Fate fate = judge(nowNs, length);
        if (fate == Fate.HELD) {
            final int slot = take(length);
            line.slab().putBytes(line.offset(slot), buffer, offset, length);
            send(slot, length);
        }
        return fate;
    }

    /**
     * A packet enters. It is copied if it is not lost.
     *
     * @param nowNs the time; one earlier than at the last call counts as that one.
     * @param packet where the packet lies.
     * @param offset where it begins.
     * @param length its bytes, 0 or more.
     * @return {@link Fate#HELD}, or why it is lost.
     */
    public Fate offer(final long nowNs, final byte[] packet, final int offset, final int length) {
        final Fate fate = judge(nowNs, length);
        if (fate == Fate.HELD) {
            final int slot = take(length);
            line.slab().putBytes(line.offset(slot), packet, offset, length);
            send(slot, length);
        }
        return fate;
    }

    /**
     * When the next packet is due. It may become earlier only by offering a packet.
     *
     * @return the time in ns, {@link Long#MAX_VALUE} if none is held.
     */
    public long nextReleaseNs() {
        return line.nextReleaseNs();
    }

    /**
     * Hands out the packets that are due.
     *
     * @param nowNs the time.
     * @param sink takes them; when it refuses one, that one and those behind it stay.
     * @return how many it took, duplicates too.
     */
    public int poll(final long nowNs, final PacketSink sink) {
        return line.poll(nowNs, sink);
    }

    /**
     * Loses all packets that are offered within a time, beside what is scheduled. Those already held still arrive.
     *
     * @param fromNs the begin.
     * @param untilNs the end, later than the begin and no longer within.
     * @throws io.fizeau.core.error.TransportException if the end is not later than the begin.
     */
    public void blackout(final long fromNs, final long untilNs) {
        blackouts.add(fromNs, untilNs);
    }

    /**
     * What happened so far. Allocates the result.
     *
     * @return the counts.
     */
    public PathCounts counts() {
        return line.counts(seen, lost, corrupted);
    }

    /** Decides and counts; after {@link Fate#HELD}, {@link #lastDueNs} is when the packet is due. */
    private Fate judge(final long nowNs, final int length) {
        if (seen == 0) {
            firstNs = nowNs;
            lastNs = nowNs;
            lastDueNs = nowNs;
        } else if (nowNs - lastNs > 0) {
            lastNs = nowNs;
        }
        final Fate fate = fate(seen, length);
        seen++;
        lost.add(fate);
        return fate;
    }

    private Fate fate(final long index, final int length) {
        final long sinceFirstNs = lastNs - firstNs;
        // Each process sees each packet, also one that is lost for another cause: else their draws would depend on each
        // other.
        final boolean isLost = loss.isLost(index, sinceFirstNs);
        final boolean isListed = isListed(index);
        if (blackouts.isDark(lastNs, sinceFirstNs)) {
            return Fate.BLACKOUT;
        }
        if (isListed) {
            return Fate.LIST;
        }
        if (isLost) {
            return Fate.LOSS;
        }
        if (!line.hasRoomFor(length)) {
            return Fate.OVERFLOW;
        }
        final long leaveNs = rate.leaveNs(lastNs, length + limits.framingBytes());
        if (leaveNs == RateLimit.FULL) {
            return Fate.QUEUE;
        }
        final long dueNs = leaveNs + delayNs(index);
        if (dueNs - lastDueNs > 0) {
            lastDueNs = dueNs;
        }
        return Fate.HELD;
    }

    private boolean isListed(final long index) {
        if (nextDrop < drops.length && drops[nextDrop] == index) {
            nextDrop++;
            return true;
        }
        return false;
    }

    private long delayNs(final long index) {
        final long jitterNs = way.jitterNs();
        return jitterNs == 0
                ? way.delayNs()
                : way.delayNs() - jitterNs + Draws.below(2 * jitterNs + 1, jitterStream, index);
    }

    private int take(final int length) {
        return line.take(length, lastNs, Draws.isOneOf(way.duplicatePpm(), duplicateStream, seen - 1));
    }

    private void send(final int slot, final int length) {
        final long index = seen - 1;
        if (length > limits.protectedBytes() && Draws.isOneOf(way.corruptPpm(), corruptStream, index)) {
            corrupt(line.offset(slot) + limits.protectedBytes(), length - limits.protectedBytes(), index);
        }
        if (Draws.isOneOf(way.reorderPpm(), reorderStream, index) && line.canHoldBack()) {
            line.holdBack(slot, way.places(), lastDueNs + way.holdNs());
        } else {
            line.enter(slot, lastDueNs);
        }
    }

    private void corrupt(final int offset, final int length, final long index) {
        final long bit = Draws.below(8L * length, bitStream, index);
        final int at = offset + (int) (bit >>> 3);
        line.slab().putByte(at, (byte) (line.slab().getByte(at) ^ (1 << (bit & 7))));
        corrupted++;
    }
}
