package io.fizeau.transports.arq.selective;

import io.fizeau.transports.datagram.wire.Wire;

/** Where the fields are; offsets within the body, behind the common header. */
final class SelectiveWire {
    static final byte DATA = Wire.FIRST_OF_MECHANISM;
    static final byte ACK = DATA + 1;
    static final byte PROBE = DATA + 2;
    static final int WITH_ACK = 1;

    static final int PACKET = 0;
    static final int PIECE = 4;
    static final int CREDIT = 8;
    static final int ACKED = 12;
    static final int ACKED_BEFORE = 16;
    static final int ACK_DELAY = 20;
    static final int DATA_BYTES = 24;
    static final int DATA_HEADER_BYTES = Wire.HEADER_BYTES + DATA_BYTES;

    static final int PROBE_BYTES = 12;

    static final int ACK_CREDIT = 0;
    static final int ACK_HELD = 4;
    static final int RANGES = 8;
    static final int RANGE_BYTES = 8;
    static final int MAX_RANGES = 32;

    private SelectiveWire() {}
}
