package io.fizeau.bench.suite;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;

/** The library's calls in a layer, as anyone would make them who has the message in an array. */
interface LibraryCalls {
    /**
     * What the sending end calls.
     *
     * @return something that depends on the outcome.
     */
    long encode();

    /**
     * What the receiving end calls, once the outcome has been outside the heap and is back.
     *
     * @param between memory outside the heap.
     * @return something that depends on the outcome.
     */
    long decode(UnsafeBuffer between);

    static LibraryCalls of(final String layer, final byte[] message) {
        return switch (layer) {
            case "crc32c" -> new Checksum(message);
            case "aes-gcm" ->
                new Encryption("AES/GCM/NoPadding", "AES", message) {
                    @Override
                    AlgorithmParameterSpec parameters(final byte[] nonce) {
                        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
                    }
                };
            case "chacha20" ->
                new Encryption("ChaCha20-Poly1305", "ChaCha20", message) {
                    @Override
                    AlgorithmParameterSpec parameters(final byte[] nonce) {
                        return new IvParameterSpec(nonce);
                    }
                };
            default -> throw new IllegalArgumentException("what library is in layer " + layer + "?");
        };
    }

    /** CRC32C. */
    final class Checksum implements LibraryCalls {
        private final CRC32C crc = new CRC32C();
        private final byte[] message;

        Checksum(final byte[] message) {
            this.message = message;
        }

        @Override
        public long encode() {
            crc.reset();
            crc.update(message, 0, message.length);
            return crc.getValue();
        }

        @Override
        public long decode(final UnsafeBuffer between) {
            between.putBytes(0, message);
            crc.reset();
            crc.update(between.byteBuffer().clear().limit(message.length));
            return crc.getValue();
        }
    }

    /** An authenticated encryption of the JDK. */
    abstract class Encryption implements LibraryCalls {
        static final int TAG_BYTES = 16;

        private static final int NONCE_BYTES = 12;

        private final SecretKey key;
        private final Cipher sealing;
        private final Cipher opening;
        private final byte[] nonce = new byte[NONCE_BYTES];
        private final byte[] authenticated = new byte[TAG_BYTES];
        private final byte[] message;
        private final byte[] sealed;
        private final byte[] opened;
        private long number;

        Encryption(final String transformation, final String keyAlgorithm, final byte[] message) {
            this.key = new SecretKeySpec(new byte[2 * TAG_BYTES], keyAlgorithm);
            this.message = message;
            this.sealed = new byte[message.length + TAG_BYTES];
            this.opened = new byte[message.length + TAG_BYTES];
            try {
                sealing = Cipher.getInstance(transformation);
                opening = Cipher.getInstance(transformation);
            } catch (final GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        abstract AlgorithmParameterSpec parameters(byte[] nonceBytes);

        @Override
        public long encode() {
            number++;
            for (int i = 0; i < Long.BYTES; i++) {
                nonce[i] = (byte) (number >>> (i * Byte.SIZE));
            }
            try {
                sealing.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
                sealing.updateAAD(authenticated);
                return sealing.doFinal(message, 0, message.length, sealed, 0);
            } catch (final GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long decode(final UnsafeBuffer between) {
            between.putBytes(0, sealed);
            between.getBytes(0, sealed);
            try {
                opening.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
                opening.updateAAD(authenticated);
                return opening.doFinal(sealed, 0, sealed.length, opened, 0);
            } catch (final GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
