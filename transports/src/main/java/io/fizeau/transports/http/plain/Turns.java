package io.fizeau.transports.http.plain;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.loop.Lifecycle;

/**
 * Whose turn it is on one connection, which both halves of its framing have to know: the reading one ends the peer's turn, the writing
 * one our own. Where two threads use them, what each tells the other is volatile.
 */
final class Turns {
    private final HttpOptions options;
    private final Lifecycle life;
    private volatile boolean isOurs = true; // each half in its turn
    private volatile boolean isEmptyOnly; // the reading half
    private volatile long sinceNs = System.nanoTime(); // each half in its turn
    private volatile byte[] name = {}; // the reading half, once
    private long quietNs; // whoever ticks, as the next one

    Turns(final HttpOptions options, final Lifecycle life) {
        this.options = options;
        this.life = life;
        this.quietNs = options.quietNs();
    }

    boolean isOurs() {
        return isOurs;
    }

    /** Whether nothing but an empty body may be sent, because the peer has not consumed the last one. */
    boolean isEmptyOnly() {
        return isEmptyOnly;
    }

    /** The session is open; by the reading half, before the end of the peer's first turn. */
    void named(final byte[] session) {
        name = session;
    }

    byte[] name() {
        return name;
    }

    /** Our turn ends: a request leaves. */
    void asked() {
        isOurs = false;
        sinceNs = System.nanoTime();
    }

    /** The peer's turn ends: its answer is consumed. */
    void answered(final boolean isConsumed, final boolean saidSomething) {
        isEmptyOnly = !isConsumed;
        sinceNs = System.nanoTime();
        if (saidSomething) {
            quietNs = options.quietNs();
        }
        isOurs = true;
    }

    /** Whether it is time for an empty request, if nothing else has to be said; closes the connection if the peer's turn is too long. */
    boolean isQuietTooLong(final long nowNs) {
        final long forNs = nowNs - sinceNs;
        if (isOurs) {
            if (forNs < quietNs) {
                return false;
            }
            quietNs = Math.min(2 * quietNs, options.longestQuietNs());
            return true;
        }
        if (forNs > options.livenessNs()) {
            life.close(CloseReason.PEER_LOST);
        }
        return false;
    }
}
