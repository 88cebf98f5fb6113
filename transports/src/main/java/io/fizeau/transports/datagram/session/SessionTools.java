package io.fizeau.transports.datagram.session;

import io.fizeau.transports.datagram.wire.Wire;

/**
 * What the sessions of one driving thread share.
 *
 * @param wire writes and checks headers.
 * @param counters takes what came and changed nothing.
 * @param arqCounters takes what the mechanisms did.
 * @param trace takes what happens.
 */
public record SessionTools(Wire wire, DatagramCounters counters, ArqCounters arqCounters, DatagramTrace trace) {
    /**
     * New ones.
     *
     * @param trace takes what happens.
     * @return the tools.
     */
    public static SessionTools with(final DatagramTrace trace) {
        return new SessionTools(new Wire(), new DatagramCounters(), new ArqCounters(), trace);
    }
}
