package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.transports.loop.Lifecycle;

/** A length before each message, and an introduction from the connecting side before the first: {@link Framing}. */
public final class LengthPrefix implements StreamFraming {
    private static final byte[] NOTHING = {};

    private final int maxMessageBytes;
    private final int gathersBytes;
    private final byte[] introduction;

    /**
     * Creates the framing of a node over channels.
     *
     * @param maxMessageBytes the longest message, which both ends must agree on.
     * @param gathersBytes how much a sender gathers before it writes, or 0.
     */
    public LengthPrefix(final int maxMessageBytes, final int gathersBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.gathersBytes = gathersBytes;
        this.introduction = Framing.introduction(maxMessageBytes);
    }

    @Override
    public Halves halves(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final boolean isAccepted) {
        final FrameWriter writer = FrameWriter.direct(gathersBytes);
        if (!isAccepted) {
            writer.appendRaw(introduction);
        }
        return new Halves(
                new FrameReader(connection, handler, life, maxMessageBytes, isAccepted ? introduction : NOTHING),
                writer);
    }
}
