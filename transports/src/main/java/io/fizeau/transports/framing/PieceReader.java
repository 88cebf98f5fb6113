package io.fizeau.transports.framing;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.transports.loop.Lifecycle;

/** Delivers whatever has come, in pieces no longer than a message may be. */
final class PieceReader implements MessageReader {
    private final Connection connection;
    private final ConnectionHandler handler;
    private final Lifecycle life;
    private final int maxMessageBytes;
    private Outcome outcome = Outcome.INCOMPLETE;

    PieceReader(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final int maxMessageBytes) {
        this.connection = connection;
        this.handler = handler;
        this.life = life;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public boolean awaitsIntroduction() {
        return false;
    }

    @Override
    public Framing.Introduction introduce(final ReceiveBuffer in) {
        return Framing.Introduction.VALID;
    }

    @Override
    public int deliver(final ReceiveBuffer in, final int limit) {
        int delivered = 0;
        outcome = Outcome.LIMIT;
        while (delivered < limit) {
            final int length = Math.min(in.available(), maxMessageBytes);
            if (length == 0) {
                outcome = Outcome.INCOMPLETE;
                break;
            }
            if (handler.onMessage(connection, in.view(), in.position(), length) != Delivery.CONSUMED) {
                outcome = Outcome.RETRY;
                break;
            }
            in.skip(length);
            delivered++;
            if (!life.isOpen()) {
                outcome = Outcome.CLOSED;
                break;
            }
        }
        return delivered;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public int wantedBytes(final ReceiveBuffer in) {
        return 1;
    }

    /** Programs that send a file and then shut their side down are what it is for. */
    @Override
    public boolean answersAfterTheEnd() {
        return true;
    }
}
