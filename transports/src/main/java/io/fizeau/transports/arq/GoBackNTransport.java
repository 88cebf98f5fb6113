package io.fizeau.transports.arq;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.cumulative.GoBackN;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.session.MechanismKind;

/** {@code arq-go-back-n}: a window, and all from the first loss on again. */
public final class GoBackNTransport extends DatagramTransport {
    /** For the service loader. */
    public GoBackNTransport() {
        super(
                "arq-go-back-n",
                "UDP with a window and cumulative ACKs; a time-out sends all again from the first loss on",
                TimeoutOptions.all());
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return new GoBackN(TimeoutOptions.of(settings));
    }
}
