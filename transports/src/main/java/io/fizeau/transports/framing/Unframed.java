package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.transports.loop.Lifecycle;

/**
 * Nothing but the bytes: what one read brings is one message, whatever the peer sent it as. Any program that opens a socket can
 * be the peer.
 */
public final class Unframed implements StreamFraming {
    private final int maxMessageBytes;
    private final int gathersBytes;

    /**
     * Creates the framing of a node over channels.
     *
     * @param maxMessageBytes the most that is delivered in one piece.
     * @param gathersBytes how much a sender gathers before it writes, or 0.
     */
    public Unframed(final int maxMessageBytes, final int gathersBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.gathersBytes = gathersBytes;
    }

    @Override
    public Halves halves(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final boolean isAccepted) {
        return new Halves(
                new PieceReader(connection, handler, life, maxMessageBytes),
                FrameWriter.direct(gathersBytes).unframed());
    }
}
