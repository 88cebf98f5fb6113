package io.fizeau.transports.seal;

import io.fizeau.core.error.TransportException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Seals the messages of one direction. Each sealing has a number of its own, also of a message that the transport does not take: so
 * no nonce is ever used twice. Where messages arrive in order, their place among those that were taken is authenticated too, so that
 * none can be taken out on the way. By the sending thread.
 */
final class Sealer {
    private final Suite suite;
    private final byte[] secret;
    private final SealLimits limits;
    private final boolean isInOrder;
    private final Cipher cipher;
    private final byte[] authenticated = new byte[2 * Long.BYTES];
    private byte[] plain = new byte[0];
    private EpochKey key;
    private long number;
    private long taken;

    Sealer(final Sealing sealing, final byte[] secret) {
        this.suite = sealing.suite();
        this.limits = sealing.limits();
        this.isInOrder = sealing.isInOrder();
        this.secret = secret;
        this.cipher = suite.newCipher();
        this.key = EpochKey.derive(suite, secret, 0);
    }

    int seal(final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
        final long sealing = number;
        if (sealing > limits.lastNumber()) {
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "this connection has sealed " + sealing + " messages, which is its limit: open a new one");
        }
        number = sealing + 1;
        if (limits.epochOf(sealing) != key.epoch()) {
            key = EpochKey.derive(suite, secret, limits.epochOf(sealing));
        }
        final long header = Wire.header(Wire.SEALED, sealing);
        target.putLong(0, header, Wire.ORDER);
        Wire.putLong(authenticated, 0, header);
        Wire.putLong(authenticated, Long.BYTES, isInOrder ? taken : 0);
        final byte[] in = arrayOf(message, offset, length);
        final int inOffset = in == plain ? 0 : message.wrapAdjustment() + offset;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.key(), suite.parameters(key.nonce(sealing)));
            cipher.updateAAD(authenticated);
            return Wire.HEADER_BYTES
                    + cipher.doFinal(
                            in, inOffset, length, target.byteArray(), target.wrapAdjustment() + Wire.HEADER_BYTES);
        } catch (final GeneralSecurityException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "cannot seal a message of " + length + " bytes", e);
        }
    }

    /** The transport has taken what was sealed last. */
    void onTaken() {
        taken++;
    }

    private byte[] arrayOf(final DirectBuffer message, final int offset, final int length) {
        final byte[] array = message.byteArray();
        if (array != null) {
            return array;
        }
        if (plain.length < length) {
            plain = new byte[Scratch.roomFor(length)];
        }
        message.getBytes(offset, plain, 0, length);
        return plain;
    }
}
