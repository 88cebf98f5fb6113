package io.fizeau.transports.seal;

import java.nio.ByteOrder;

/**
 * What travels. Every message begins with 8 bytes, little-endian: in the highest byte what it is, in the others its number. A
 * sealed message goes on with the encrypted one, which is as long as the plain one, and the tag; what the messages of the opening
 * exchange hold is said at {@link Handshake}.
 */
final class Wire {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int HEADER_BYTES = Long.BYTES;
    static final int GROWTH_BYTES = HEADER_BYTES + Suite.TAG_BYTES;

    static final int SEALED = 0;
    static final int HELLO = 1;
    static final int REPLY = 2;
    static final int FINISH = 3;

    /** Beyond the last number of a message. */
    static final long NUMBERS = 1L << 56;

    private static final int KIND_SHIFT = 56;

    private Wire() {}

    static long header(final int kind, final long number) {
        return (long) kind << KIND_SHIFT | number;
    }

    static int kind(final long header) {
        return (int) (header >>> KIND_SHIFT);
    }

    static long number(final long header) {
        return header & (NUMBERS - 1);
    }

    /** The same bytes as in a buffer. */
    static void putLong(final byte[] target, final int index, final long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            target[index + i] = (byte) (value >>> (i * Byte.SIZE));
        }
    }
}
