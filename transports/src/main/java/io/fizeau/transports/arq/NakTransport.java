package io.fizeau.transports.arq;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.nak.NakBased;
import io.fizeau.transports.arq.nak.NakOptions;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.session.MechanismKind;

/** {@code arq-nak}: the receiver asks for what is missing. */
public final class NakTransport extends DatagramTransport {
    private static final RequestOptions REQUESTS = new RequestOptions(NakOptions.defaults());

    /** For the service loader. */
    public NakTransport() {
        super(
                "arq-nak",
                "UDP whose receiver asks for what is missing, with heartbeats for the last datagrams",
                REQUESTS.delay(),
                REQUESTS.retryMax(),
                REQUESTS.heartbeatMax());
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return new NakBased(REQUESTS.of(settings));
    }
}
