package io.fizeau.transports.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys from keys: HKDF with SHA-256 (RFC 5869), for outputs of at most one hash. Stateless. */
final class Hkdf {
    static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final byte FIRST_BLOCK = 1;

    private Hkdf() {}

    /** A key of even randomness from one that may have none, and a salt. */
    static byte[] extract(final byte[] salt, final byte[] keyMaterial) {
        final Mac mac = keyed(salt);
        return mac.doFinal(keyMaterial);
    }

    /**
     * A key for one purpose.
     *
     * @param key an extracted key.
     * @param purpose what it is for.
     * @param context what else it is bound to.
     * @param length how many bytes, at most {@value #BYTES}.
     */
    static byte[] expand(final byte[] key, final String purpose, final byte[] context, final int length) {
        final byte[] label = purpose.getBytes(StandardCharsets.US_ASCII);
        final byte[] info = Arrays.copyOf(label, label.length + 1 + context.length); // a 0 between the two
        System.arraycopy(context, 0, info, label.length + 1, context.length);
        return expand(key, info, length);
    }

    static byte[] expand(final byte[] key, final byte[] info, final int length) {
        final Mac mac = keyed(key);
        mac.update(info);
        mac.update(FIRST_BLOCK);
        return Arrays.copyOf(mac.doFinal(), length);
    }

    /** HMAC-SHA256 over the first bytes of an array. */
    static byte[] mac(final byte[] key, final byte[] text, final int length) {
        final Mac mac = keyed(key);
        mac.update(text, 0, length);
        return mac.doFinal();
    }

    private static Mac keyed(final byte[] key) {
        try {
            final Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
