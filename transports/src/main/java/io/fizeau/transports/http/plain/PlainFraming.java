package io.fizeau.transports.http.plain;

import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.StreamFraming;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.loop.Lifecycle;

/** Messages in the bodies of HTTP/1.1 requests and answers, at the connecting end. One for each node; thread-safe. */
public final class PlainFraming implements StreamFraming {
    private final HttpOptions options;
    private final byte[] introduction;

    /**
     * Creates the framing of a node.
     *
     * @param options its limits.
     */
    public PlainFraming(final HttpOptions options) {
        this.options = options;
        this.introduction = Framing.introduction(options.maxMessageBytes());
    }

    @Override
    public Halves halves(
            final Connection connection,
            final ConnectionHandler handler,
            final Lifecycle life,
            final boolean isAccepted) {
        final Turns turns = new Turns(options, life);
        return new Halves(
                new ResponseReader(connection, handler, life, turns, options),
                new RequestWriter(turns, connection.remoteAddress().text(), options.bodyBytes(), introduction));
    }

    @Override
    public long tickNs() {
        return options.quietNs();
    }
}
