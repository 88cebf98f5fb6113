package io.fizeau.transports.seal;

import java.nio.ByteBuffer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key and the nonces for the messages of one epoch of one direction. Not thread-safe: the nonce is one array. */
final class EpochKey {
    private final long epoch;
    private final SecretKey key;
    private final byte[] base;
    private final byte[] nonce = new byte[Suite.NONCE_BYTES];

    private EpochKey(final long epoch, final SecretKey key, final byte[] base) {
        this.epoch = epoch;
        this.key = key;
        this.base = base;
    }

    /**
     * Derives it.
     *
     * @param suite the encryption.
     * @param secret the secret of the direction.
     * @param epoch which epoch, from 0.
     */
    static EpochKey derive(final Suite suite, final byte[] secret, final long epoch) {
        final byte[] context = ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
        return new EpochKey(
                epoch,
                new SecretKeySpec(Hkdf.expand(secret, "key", context, Suite.KEY_BYTES), suite.keyAlgorithm()),
                Hkdf.expand(secret, "nonce", context, Suite.NONCE_BYTES));
    }

    long epoch() {
        return epoch;
    }

    SecretKey key() {
        return key;
    }

    /** The nonce of a message: the base, and the number in its last eight bytes (RFC 8446, 5.3). The same array each time. */
    byte[] nonce(final long number) {
        System.arraycopy(base, 0, nonce, 0, Suite.NONCE_BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[Suite.NONCE_BYTES - 1 - i] ^= (byte) (number >>> (i * Byte.SIZE));
        }
        return nonce;
    }
}
