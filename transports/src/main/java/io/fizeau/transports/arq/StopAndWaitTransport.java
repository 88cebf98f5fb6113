package io.fizeau.transports.arq;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.cumulative.StopAndWait;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.session.MechanismKind;

/** {@code arq-stop-and-wait}: one datagram on the way. */
public final class StopAndWaitTransport extends DatagramTransport {
    /** For the service loader. */
    public StopAndWaitTransport() {
        super(
                "arq-stop-and-wait",
                "UDP with one datagram on the way, acknowledged, or sent again after a time-out",
                TimeoutOptions.all());
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return new StopAndWait(TimeoutOptions.of(settings));
    }

    @Override
    protected boolean isWindowed() {
        return false;
    }
}
