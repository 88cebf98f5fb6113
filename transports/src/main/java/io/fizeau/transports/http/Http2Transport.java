package io.fizeau.transports.http;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.http.protocol.HttpOptions;
import java.util.List;
import java.util.Optional;

/**
 * Messages in the bodies of HTTP/2 requests and answers: Jetty listens, the JDK's client connects, and all sessions with a peer share a
 * connection. The ends of a session take turns; see {@link io.fizeau.transports.http.protocol.Protocol}. One thread polls, and another
 * one may send.
 */
public final class Http2Transport implements Transport {
    private static final List<Option<?>> OPTIONS = HttpParts.options();

    /** For the service loader. */
    public Http2Transport() {}

    @Override
    public String name() {
        return "http2";
    }

    @Override
    public String description() {
        return "HTTP/2: Jetty's server and the JDK's client";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        return HttpParts.guarantees(settings, Guarantee.BLOCKING_DELIVERY, Guarantee.CONCURRENT_SEND);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return HttpParts.JDK_DRIVING;
    }

    @Override
    public Availability availability(final Settings settings) {
        return HttpParts.availability(settings);
    }

    @Override
    public Optional<String> withoutSecurity(final Settings settings) {
        return HttpParts.withoutSecurity(name(), settings);
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return HttpParts.openJdk(HttpOptions.of(name(), true, settings), settings, context);
    }
}
