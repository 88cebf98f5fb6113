package io.fizeau.transports.seal;

/**
 * How much is sealed with one key. With 2^34 blocks of 16 bytes under one key, AES-GCM keeps the margin that TLS 1.3 asks for (RFC
 * 8446, 5.5): 2^16 messages of 4 MiB. A new key costs three hashes.
 *
 * @param epochShift a key seals as many messages as 2 to the power of this; more than the replay window has.
 * @param lastNumber the number of the last message that may be sealed.
 */
record SealLimits(int epochShift, long lastNumber) {
    static final SealLimits DEFAULT = new SealLimits(16, Wire.NUMBERS - 1);

    long epochOf(final long number) {
        return number >>> epochShift;
    }
}
