package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Opening;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** The seals of both ends of a connection, and the way between them in the test's hands. */
final class SealedPair {
    static final SealLimits SMALL = new SealLimits(11, 3L << 11);

    private static final int ROOM_BYTES = 1 << 20;

    private final UnsafeBuffer words = new UnsafeBuffer(new byte[Handshake.LONGEST_BYTES]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[ROOM_BYTES]);
    private final UnsafeBuffer opened = new UnsafeBuffer(0, 0);
    private final Seal connecting;
    private final Seal accepting;

    SealedPair(final Suite suite, final SealLimits limits, final boolean isReliable) {
        this(new Sealing(suite, limits, isReliable, isReliable), new Sealing(suite, limits, isReliable, isReliable), 1);
    }

    /** Two ends that may not fit: {@code otherKey} is 1 if they have the same key. */
    SealedPair(final Sealing atConnecting, final Sealing atAccepting, final int otherKey) {
        connecting = (Seal) source(atConnecting, 1).newTransform(true);
        accepting = (Seal) source(atAccepting, otherKey).newTransform(false);
    }

    static SealSource source(final Sealing sealing, final int key) {
        final byte[] shared = new byte[32];
        shared[0] = (byte) key;
        return new SealSource(new NodeSecrets(shared), sealing, 1_000);
    }

    Seal connecting() {
        return connecting;
    }

    Seal accepting() {
        return accepting;
    }

    /** Does the whole exchange. */
    SealedPair open() {
        assertThat(hear(accepting, words(connecting))).isEqualTo(Opening.Step.SAY);
        assertThat(hear(connecting, words(accepting))).isEqualTo(Opening.Step.SAY_AND_OPEN);
        assertThat(hear(accepting, words(connecting))).isEqualTo(Opening.Step.OPEN);
        return this;
    }

    /** What an end says now. */
    byte[] words(final Seal from) {
        final int length = from.opening().words(words);
        return length == Opening.NOTHING ? new byte[0] : bytes(words, length);
    }

    /** Gives an end what it takes for a message of the exchange. */
    Opening.Step hear(final Seal to, final byte[] heard) {
        final UnsafeBuffer buffer = new UnsafeBuffer(heard);
        assertThat(to.decode(buffer, 0, heard.length, opened)).isEqualTo(Decoded.OPENING);
        return to.opening().hear(buffer, 0, heard.length);
    }

    /** Seals a message that the transport takes. */
    byte[] seal(final Seal from, final byte[] plain) {
        final byte[] sealed = sealUntaken(from, plain);
        from.onAccepted();
        return sealed;
    }

    /** Seals a message that the transport does not take. */
    byte[] sealUntaken(final Seal from, final byte[] plain) {
        final int length = from.encode(new UnsafeBuffer(plain), 0, plain.length, out);
        assertThat(length).isEqualTo(plain.length + Wire.GROWTH_BYTES);
        return bytes(out, length);
    }

    Decoded decode(final Seal to, final byte[] sealed) {
        return to.decode(new UnsafeBuffer(sealed), 0, sealed.length, opened);
    }

    /** What came out of the last decoding that gave a message. */
    byte[] opened() {
        return bytes(opened, opened.capacity());
    }

    static String complaint(final Seal of) {
        return Objects.requireNonNull(of.complaint(), "nothing to complain of");
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
