package io.fizeau.transports.seal;

import org.agrona.BitUtil;

/** Arrays that grow with the messages. */
final class Scratch {
    private static final int LEAST_BYTES = 256;

    private Scratch() {}

    static int roomFor(final int bytes) {
        return BitUtil.findNextPositivePowerOfTwo(Math.max(LEAST_BYTES, bytes));
    }
}
