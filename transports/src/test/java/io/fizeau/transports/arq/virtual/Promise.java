package io.fizeau.transports.arq.virtual;

import io.fizeau.transports.datagram.session.MechanismKind;

/** What a mechanism promises about messages. */
enum Promise {
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
