package io.fizeau.transports.udp;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.plain.Plain;
import io.fizeau.transports.datagram.session.MechanismKind;

/** Plain UDP: the handshake and the checksum of the reliability protocols, and none of their reliability. */
public final class UdpTransport extends DatagramTransport {
    /** For the service loader. */
    public UdpTransport() {
        super("udp", "UDP without repair: one message is one datagram, which may be lost, repeated or late");
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return Plain.withDefaults();
    }

    @Override
    protected boolean isReliable() {
        return false;
    }
}
