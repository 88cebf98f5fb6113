package io.fizeau.transports.datagram.session;

import java.util.concurrent.TimeUnit;

/**
 * What sessions of a node have in common.
 *
 * @param kind the mechanism.
 * @param maxMessageBytes the longest message; must be the same at both ends.
 * @param maxDatagramBytes the longest datagram, header and all; must be the same at both ends.
 * @param windowDatagrams how many data datagrams a receiver keeps; must be the same at both ends.
 * @param gathers whether messages wait for a flush.
 * @param isDirect whether memory is outside the heap, for sockets.
 * @param connectTimeoutNs how long connecting may take.
 * @param idleTimeoutNs after how long without a word the peer is lost.
 */
public record SessionSettings(
        MechanismKind kind,
        int maxMessageBytes,
        int maxDatagramBytes,
        int windowDatagrams,
        boolean gathers,
        boolean isDirect,
        long connectTimeoutNs,
        long idleTimeoutNs) {
    /** How long a cookie is good, and for how long an ended connection is remembered. */
    public static final long COOKIE_LIFE_NS = TimeUnit.SECONDS.toNanos(3);

    /** Until the first OPEN is repeated; doubled each time, up to the longest. */
    static final long FIRST_OPEN_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The longest wait between two of them. */
    static final long LONGEST_OPEN_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(400);

    /** The round trip that is assumed where none could be measured (RFC 9002 section 6.2.2 has 333 ms, for the Internet). */
    static final long UNKNOWN_RTT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int SILENCES_PER_TIMEOUT = 4;
    private static final int PINGS_PER_SILENCE = 4;

    /** How long a silence may last before the peer is asked whether it is there. */
    long keepAliveNs() {
        return idleTimeoutNs / SILENCES_PER_TIMEOUT;
    }

    /** After how long it is asked again: often, because on a bad link questions and answers are lost too. */
    long pingIntervalNs() {
        return keepAliveNs() / PINGS_PER_SILENCE;
    }

    MechanismSettings agreed(final long firstSent, final long firstReceived, final long initialRttNs) {
        return new MechanismSettings(
                maxMessageBytes,
                maxDatagramBytes,
                windowDatagrams,
                gathers,
                isDirect,
                firstSent,
                firstReceived,
                initialRttNs);
    }
}
