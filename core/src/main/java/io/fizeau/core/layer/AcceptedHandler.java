package io.fizeau.core.layer;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import org.agrona.DirectBuffer;

/** The handler of a listener below: finds a connection's own handler in its attachment, and makes it when the connection opens. */
final class AcceptedHandler implements ConnectionHandler {
    private final Wrapping wrapping;
    private final ConnectionHandler handler;
    private final Tally tally = new Tally();

    AcceptedHandler(final Wrapping wrapping, final ConnectionHandler handler) {
        this.wrapping = wrapping;
        this.handler = handler;
    }

    @Override
    public void onOpen(final Connection below) {
        of(below).onOpen(below);
    }

    @Override
    public Delivery onMessage(final Connection below, final DirectBuffer buffer, final int offset, final int length) {
        return of(below).onMessage(below, buffer, offset, length);
    }

    @Override
    public void onClosed(final Connection below, final CloseReason reason) {
        of(below).onClosed(below, reason);
    }

    Tally tally() {
        return tally;
    }

    private TransformConnection of(final Connection below) {
        final TransformConnection known = (TransformConnection) below.attachment();
        if (known != null) {
            return known;
        }
        final TransformConnection made = new TransformConnection(wrapping, handler, tally);
        made.bind(below);
        below.attach(made);
        return made;
    }
}
