package io.fizeau.transports.seal;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Opens what the peer sealed, each number once. What cannot be opened costs at most the derivation of a key and one decryption. By
 * the delivering thread.
 */
final class Unsealer {
    /** What became of something that claims to be sealed. */
    enum Outcome {
        OPENED,
        /** Its number was seen before, or is too far behind. */
        REPEATED,
        /** It was altered, sealed with another key, or is not the next one where messages arrive in order. */
        FORGED
    }

    private final Suite suite;
    private final byte[] secret;
    private final SealLimits limits;
    private final boolean isInOrder;
    private final ReplayWindow window = new ReplayWindow();
    private final byte[] authenticated = new byte[2 * Long.BYTES];
    private Cipher cipher;
    private EpochKey key;
    private @Nullable EpochKey before;
    private byte[] sealed = new byte[0];
    private byte[] plain = new byte[0];
    private long opened;

    Unsealer(final Sealing sealing, final byte[] secret) {
        this.suite = sealing.suite();
        this.limits = sealing.limits();
        this.isInOrder = sealing.isInOrder();
        this.secret = secret;
        this.cipher = suite.newCipher();
        this.key = EpochKey.derive(suite, secret, 0);
    }

    Outcome open(
            final long header,
            final DirectBuffer encoded,
            final int offset,
            final int length,
            final DirectBuffer message) {
        final int sealedBytes = length - Wire.HEADER_BYTES;
        final long number = Wire.number(header);
        if (sealedBytes < Suite.TAG_BYTES || number > limits.lastNumber()) {
            return Outcome.FORGED;
        }
        if (window.isSeen(number)) {
            return Outcome.REPEATED;
        }
        final EpochKey used = keyOf(limits.epochOf(number));
        final int plainBytes = decrypt(used, header, encoded, offset + Wire.HEADER_BYTES, sealedBytes);
        if (plainBytes < 0) {
            return Outcome.FORGED;
        }
        if (used.epoch() > key.epoch()) { // only now it is known that the peer has come so far
            before = key;
            key = used;
        }
        window.see(number);
        opened++;
        message.wrap(plain, 0, plainBytes);
        return Outcome.OPENED;
    }

    private int decrypt(
            final EpochKey used, final long header, final DirectBuffer encoded, final int offset, final int length) {
        Wire.putLong(authenticated, 0, header);
        Wire.putLong(authenticated, Long.BYTES, isInOrder ? opened : 0);
        if (plain.length < length) {
            plain = new byte[Scratch.roomFor(length)];
        }
        byte[] in = encoded.byteArray();
        int inOffset = encoded.wrapAdjustment() + offset;
        if (in == null) {
            in = copied(encoded, offset, length);
            inOffset = 0;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, used.key(), suite.parameters(used.nonce(Wire.number(header))));
            cipher.updateAAD(authenticated);
            return cipher.doFinal(in, inOffset, length, plain, 0);
        } catch (final GeneralSecurityException e) {
            // It refuses the same nonce twice in a row, and the peer's own message with it may still come.
            cipher = suite.newCipher();
            return -1;
        }
    }

    private EpochKey keyOf(final long epoch) {
        if (epoch == key.epoch()) {
            return key;
        }
        final EpochKey earlier = before;
        return earlier != null && epoch == earlier.epoch() ? earlier : EpochKey.derive(suite, secret, epoch);
    }

    private byte[] copied(final DirectBuffer encoded, final int offset, final int length) {
        if (sealed.length < length) {
            sealed = new byte[Scratch.roomFor(length)];
        }
        encoded.getBytes(offset, sealed, 0, length);
        return sealed;
    }
}
