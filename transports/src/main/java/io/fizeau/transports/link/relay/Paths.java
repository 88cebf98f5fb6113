package io.fizeau.transports.link.relay;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.impair.PathLimits;

/**
 * Both directions of a link under one impairment.
 *
 * @param impairment what happens.
 * @param toServer the way to the server; belongs to the relay's thread.
 * @param toClient the way back; belongs to the relay's thread.
 */
public record Paths(Impairment impairment, ImpairedPath toServer, ImpairedPath toClient) {
    private static final int PACKET_BYTES = 2048;
    private static final int LEAST_PACKETS = 8192;
    private static final int MOST_PACKETS = 1 << 15;
    private static final long PACKETS_PER_SECOND = 100_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int SMALL_PACKET_BYTES = 64;

    /**
     * Makes new paths.
     *
     * @param impairment what is to happen.
     * @param protectedBytes how many bytes at a packet's start may not be corrupted.
     * @param framingBytes how many bytes a packet has on the wire beyond those offered.
     * @return paths with room for a fast sender.
     */
    public static Paths of(final Impairment impairment, final int protectedBytes, final int framingBytes) {
        return new Paths(
                impairment,
                path(impairment, Direction.TO_SERVER, protectedBytes, framingBytes),
                path(impairment, Direction.TO_CLIENT, protectedBytes, framingBytes));
    }

    /** The path of a direction. */
    public ImpairedPath path(final Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    /** When the next packet of either is due. */
    public long nextReleaseNs(final long nowNs) {
        final long there = toServer.nextReleaseNs();
        final long back = toClient.nextReleaseNs();
        if (there == Long.MAX_VALUE || back == Long.MAX_VALUE) {
            return Math.min(there, back);
        }
        return there - nowNs < back - nowNs ? there : back;
    }

    private static ImpairedPath path(
            final Impairment impairment, final Direction direction, final int protectedBytes, final int framingBytes) {
        final OneWay way = impairment.direction(direction);
        final long heldNs = way.delayNs() + way.jitterNs() + way.holdNs();
        final long queued = way.queueBytes() / SMALL_PACKET_BYTES;
        final long wanted = LEAST_PACKETS + heldNs * PACKETS_PER_SECOND / NS_PER_SECOND + queued;
        return impairment.path(
                direction,
                new PathLimits((int) Math.min(MOST_PACKETS, wanted), PACKET_BYTES, protectedBytes, framingBytes));
    }
}
