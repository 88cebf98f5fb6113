package io.fizeau.transports.datagram.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;

/**
 * Cookies: what a listening end remembers of those that ask to connect, kept by them and not by it. A cookie is the time and a code over
 * the time, the address, the connection and what it asks for, under a key that dies with the process (HMAC-SHA-256, RFC 2104, cut to 24
 * bytes). Whoever returns it can receive at that address.
 */
final class Cookies {
    /** Every bit zero: none. */
    private static final byte[] NONE = new byte[Handshake.COOKIE_BYTES];

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_BYTES = Handshake.COOKIE_BYTES - Long.BYTES;

    /** What is found about a cookie. */
    enum Check {
        NONE,
        GOOD,
        STALE,
        FORGED
    }

    private final Mac mac;

    Cookies(final byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** A cookie for an OPEN that came. */
    byte[] bake(
            final long nowNs,
            final InetSocketAddress from,
            final long connectionId,
            final DirectBuffer open,
            final int at) {
        final byte[] code = code(nowNs, from, connectionId, open, at);
        return ByteBuffer.allocate(Handshake.COOKIE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nowNs)
                .put(code, 0, CODE_BYTES)
                .array();
    }

    /** Judges the cookie of an OPEN that came. */
    Check check(
            final byte[] cookie,
            final long nowNs,
            final InetSocketAddress from,
            final long connectionId,
            final DirectBuffer open,
            final int at) {
        if (Arrays.equals(cookie, NONE)) {
            return Check.NONE;
        }
        final byte[] code = Arrays.copyOf(code(bakedNs(cookie), from, connectionId, open, at), CODE_BYTES);
        if (!MessageDigest.isEqual(code, Arrays.copyOfRange(cookie, Long.BYTES, cookie.length))) {
            return Check.FORGED;
        }
        final long ageNs = nowNs - bakedNs(cookie);
        return ageNs >= 0 && ageNs < SessionSettings.COOKIE_LIFE_NS ? Check.GOOD : Check.STALE;
    }

    static long bakedNs(final byte[] cookie) {
        return ByteBuffer.wrap(cookie).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private byte[] code(
            final long bakedNs,
            final InetSocketAddress from,
            final long connectionId,
            final DirectBuffer open,
            final int at) {
        final byte[] asked = new byte[Handshake.OPEN_BYTES - Handshake.COOKIE_BYTES - 16];
        open.getBytes(at, asked);
        mac.update(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(bakedNs)
                .putLong(connectionId)
                .putInt(from.getPort())
                .flip());
        mac.update(from.getAddress().getAddress());
        mac.update(asked);
        return mac.doFinal();
    }
}
