package io.fizeau.transports.http;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.DrivingChoice;
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
import io.fizeau.transports.nio.Wait;
import java.util.List;
import java.util.Optional;

/**
 * Messages in the bodies of HTTP/1.1 requests and answers: Jetty listens, the JDK's client or a plain one connects. The ends take turns;
 * see {@link io.fizeau.transports.http.protocol.Protocol}.
 *
 * <p>The JDK's client: one thread polls, and another one may send. The plain one: as {@code tcp-nio}.
 */
public final class Http1Transport implements Transport {
    /** Whose client connects. */
    static final Option<Client> CLIENT = Option.choice(
            "client", Client.class, Client.JDK, "whose client connects: the JDK's, or a plain one over the NIO loop");

    /** How the plain client waits. */
    static final Option<Wait> WAIT = Option.choice(
            "wait",
            Wait.class,
            Wait.SELECT,
            "with client=plain: spin on the read, spin on the selector, or sleep in it as the listening end does");

    private static final List<Option<?>> OPTIONS = HttpParts.options(CLIENT, WAIT);

    /** For the service loader. */
    public Http1Transport() {}

    @Override
    public String name() {
        return "http1";
    }

    @Override
    public String description() {
        return "HTTP/1.1: Jetty's server, the JDK's client or a plain one";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        if (settings.get(CLIENT) == Client.JDK) {
            return HttpParts.guarantees(settings, Guarantee.BLOCKING_DELIVERY, Guarantee.CONCURRENT_SEND);
        }
        final Guarantees guarantees = settings.get(CommonOptions.DRIVING) == DrivingChoice.OWN
                ? HttpParts.guarantees(settings, Guarantee.CONCURRENT_SEND)
                : HttpParts.guarantees(settings);
        return settings.get(WAIT) == Wait.SELECT ? guarantees.with(Guarantee.BLOCKING_DELIVERY) : guarantees;
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return settings.get(CLIENT) == Client.JDK ? HttpParts.JDK_DRIVING : HttpParts.PLAIN_DRIVING;
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
        final HttpOptions options = HttpOptions.of(name(), false, settings);
        return settings.get(CLIENT) == Client.JDK
                ? HttpParts.openJdk(options, settings, context)
                : HttpParts.openPlain(options, settings, settings.get(WAIT), context);
    }
}
