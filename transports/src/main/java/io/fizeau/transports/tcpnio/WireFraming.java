package io.fizeau.transports.tcpnio;

import io.fizeau.transports.framing.LengthPrefix;
import io.fizeau.transports.framing.StreamFraming;
import io.fizeau.transports.framing.Unframed;

/** Whether messages have boundaries on the wire. */
enum WireFraming {
    /** A length before each. */
    LENGTH,
    /** Nothing but their bytes. */
    NONE;

    StreamFraming framing(final int maxMessageBytes, final int gathersBytes) {
        return this == LENGTH
                ? new LengthPrefix(maxMessageBytes, gathersBytes)
                : new Unframed(maxMessageBytes, gathersBytes);
    }
}
