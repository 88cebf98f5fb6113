package io.fizeau.transports.datagram.session;

import io.fizeau.transports.datagram.wire.Wire;

/**
 * What the sessions of one driving thread share.
 *
 * @param wire writes and checks headers.
 * @param counters takes what came and changed nothing.
 * @param arqCounters takes what the mechanisms did.
 * @param traces makes what takes what happens, for each session.
 */
public record SessionTools(Wire wire, DatagramCounters counters, ArqCounters arqCounters, ConnectionTraces traces) {
    /**
     * New ones, with one trace for all sessions.
     *
     * @param trace takes what happens.
     * @return the tools.
     */
    public static SessionTools with(final DatagramTrace trace) {
        return tracing((connectionId, isConnecting) -> trace);
    }

    /**
     * New ones.
     *
     * @param traces makes a trace for each session.
     * @return the tools.
     */
    public static SessionTools tracing(final ConnectionTraces traces) {
        return new SessionTools(new Wire(), new DatagramCounters(), new ArqCounters(), traces);
    }
}
