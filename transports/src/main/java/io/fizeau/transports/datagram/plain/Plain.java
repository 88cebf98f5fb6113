package io.fizeau.transports.datagram.plain;

import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Wire;

/**
 * No mechanism: the baseline that others are measured against. A message is the body of one datagram of the type {@link #DATA}, and there
 * is nothing else. It may be lost, come twice, or come late; what is never delivered is an altered one, because the header has a
 * checksum.
 */
public final class Plain implements MechanismKind {
    /** The type of a datagram that is a message; flags are 0. */
    public static final byte DATA = Wire.FIRST_OF_MECHANISM;

    private static final byte PROTOCOL = 1;

    private Plain() {}

    /**
     * The only one: it has no options.
     *
     * @return the kind.
     */
    public static Plain withDefaults() {
        return new Plain();
    }

    @Override
    public byte protocol() {
        return PROTOCOL;
    }

    @Override
    public int overheadBytes() {
        return Wire.HEADER_BYTES;
    }

    @Override
    public boolean fragments() {
        return false;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        return new PlainMechanism(settings, carrier, counters, trace);
    }
}
