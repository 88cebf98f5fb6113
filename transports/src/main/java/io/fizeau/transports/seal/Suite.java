package io.fizeau.transports.seal;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/** The authenticated encryptions: all with a key of 32 bytes, a nonce of 12 and a tag of 16. */
enum Suite {
    /** AES-256-GCM, NIST SP 800-38D. */
    AES_GCM(1, "AES/GCM/NoPadding", "AES") {
        @Override
        AlgorithmParameterSpec parameters(final byte[] nonce) {
            return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
        }
    },
    /** ChaCha20-Poly1305, RFC 8439. */
    CHACHA20(2, "ChaCha20-Poly1305", "ChaCha20") {
        @Override
        AlgorithmParameterSpec parameters(final byte[] nonce) {
            return new IvParameterSpec(nonce);
        }
    };

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final byte code;
    private final String transformation;
    private final String keyAlgorithm;

    Suite(final int code, final String transformation, final String keyAlgorithm) {
        this.code = (byte) code;
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    /** What stands for it in the opening exchange. */
    byte code() {
        return code;
    }

    String keyAlgorithm() {
        return keyAlgorithm;
    }

    /** The parameters for one message. The nonce is copied. */
    abstract AlgorithmParameterSpec parameters(byte[] nonce);

    Cipher newCipher() {
        try {
            return Cipher.getInstance(transformation);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 11 has " + transformation, e);
        }
    }
}
