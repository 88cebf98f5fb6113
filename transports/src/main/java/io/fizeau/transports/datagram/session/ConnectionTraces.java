package io.fizeau.transports.datagram.session;

/** Makes the trace of each connection. Called once by each session, when it opens; from any thread. */
@FunctionalInterface
public interface ConnectionTraces {
    /** Nothing is traced. */
    ConnectionTraces NONE = (connectionId, isConnecting) -> DatagramTrace.NONE;

    /**
     * A connection has opened.
     *
     * @param connectionId whose datagrams are its.
     * @param isConnecting whether this is the end that connected; the other one accepted.
     * @return takes what happens at this end.
     */
    DatagramTrace open(long connectionId, boolean isConnecting);
}
