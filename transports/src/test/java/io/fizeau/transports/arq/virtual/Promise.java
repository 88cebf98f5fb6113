package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.session.MechanismKind;

/** What a mechanism promises about messages. */
enum Promise {
    /** Nothing, because datagrams are forged: a message may be any bytes, up to the longest message. */
    NOTHING,
    /** Intact, and nothing else. */
    INTACT,
    /** Intact, in order, once. */
    RELIABLE;

    private static final byte PLAIN = 1;

    static Promise of(final MechanismKind kind) {
        return kind.protocol() == PLAIN ? INTACT : RELIABLE;
    }

    boolean isReliable() {
        return this == RELIABLE;
    }
}
