package io.fizeau.transports.seal;

import io.fizeau.core.layer.Opening;
import java.security.MessageDigest;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The exchange that opens a connection: each end gives 32 random bytes and shows that it has the key, bound to both. So the keys of a
 * connection are its own, and what was recorded from another one opens nothing and is no message. The end that connects says HELLO,
 * the other one REPLY, the first one FINISH.
 *
 * <ul>
 *   <li>HELLO: header, version, suite, 6 bytes of 0, random, and their HMAC under a key derived from the shared one
 *   <li>REPLY: header, random, and the HMAC of HELLO and these under a key derived from the shared one and both random parts
 *   <li>FINISH: header, and the HMAC of HELLO and REPLY under another such key
 * </ul>
 *
 * <p>By one thread at a time.
 */
abstract class Handshake implements Opening {
    static final byte VERSION = 1;
    static final int RANDOM_BYTES = 32;
    static final int HELLO_BYTES = Wire.HEADER_BYTES + 8 + RANDOM_BYTES + Hkdf.BYTES;
    static final int REPLY_BYTES = Wire.HEADER_BYTES + RANDOM_BYTES + Hkdf.BYTES;
    static final int FINISH_BYTES = Wire.HEADER_BYTES + Hkdf.BYTES;
    static final int LONGEST_BYTES = HELLO_BYTES;

    private static final int HELLO_RANDOM = Wire.HEADER_BYTES + 8;

    private final NodeSecrets secrets;
    private final Sealing sealing;
    private final byte[] transcript = new byte[HELLO_BYTES + REPLY_BYTES - Hkdf.BYTES];
    private byte[] said = new byte[0];
    private String complaint = "";
    private @Nullable Sealer sealer;
    private @Nullable Unsealer unsealer;

    Handshake(final NodeSecrets secrets, final Sealing sealing) {
        this.secrets = secrets;
        this.sealing = sealing;
    }

    /** What seals, as soon as it is known with whom; null before. */
    @Nullable
    Sealer sealer() {
        return sealer;
    }

    /** Whether it is known between whom: then there is what seals and what opens. */
    boolean isAgreed() {
        return sealer != null;
    }

    /**
     * Opens something sealed.
     *
     * @return what became of it; null if it came before the exchange.
     */
    Unsealer.@Nullable Outcome open(
            final long header,
            final DirectBuffer encoded,
            final int offset,
            final int length,
            final DirectBuffer message) {
        return unsealer == null ? null : unsealer.open(header, encoded, offset, length, message);
    }

    Sealing sealing() {
        return sealing;
    }

    String complaint() {
        return complaint;
    }

    @Override
    public int words(final MutableDirectBuffer target) {
        target.putBytes(0, said);
        return said.length == 0 ? NOTHING : said.length;
    }

    @Override
    public Step hear(final DirectBuffer buffer, final int offset, final int length) {
        if (length > LONGEST_BYTES) {
            return refuseForeign();
        }
        final byte[] heard = new byte[length];
        buffer.getBytes(offset, heard);
        return hear(buffer.getByte(offset + Wire.HEADER_BYTES - 1), heard);
    }

    abstract Step hear(int kind, byte[] heard);

    void say(final byte[] words) {
        said = words;
    }

    byte[] said() {
        return said;
    }

    /** Nothing that an honest peer says, or nothing that travelled unaltered. */
    Step refuse(final String why) {
        complaint = why;
        return sealing.isReliable() ? Step.REJECT : Step.DROP;
    }

    Step refuseForeign() {
        return refuse(
                "the opening exchange was altered, or the peer has another key: give both ends the same folder of keys");
    }

    Step refuseUnexpected() {
        return refuse("the peer has lost its place in the opening exchange");
    }

    /** A message of the exchange, all but its HMAC. */
    byte[] begin(final int kind, final int length) {
        final byte[] words = new byte[length];
        Wire.putLong(words, 0, Wire.header(kind, 0));
        return words;
    }

    byte[] hello() {
        final byte[] hello = begin(Wire.HELLO, HELLO_BYTES);
        hello[Wire.HEADER_BYTES] = VERSION;
        hello[Wire.HEADER_BYTES + 1] = sealing.suite().code();
        System.arraycopy(secrets.random(RANDOM_BYTES), 0, hello, HELLO_RANDOM, RANDOM_BYTES);
        return signed(hello, secrets.helloKey());
    }

    byte[] reply() {
        final byte[] reply = begin(Wire.REPLY, REPLY_BYTES);
        System.arraycopy(secrets.random(RANDOM_BYTES), 0, reply, Wire.HEADER_BYTES, RANDOM_BYTES);
        return reply;
    }

    byte[] finish() {
        return begin(Wire.FINISH, FINISH_BYTES);
    }

    /** Where what was said may come again. */
    boolean isUnreliable() {
        return !sealing.isReliable();
    }

    void noteHello(final byte[] hello) {
        System.arraycopy(hello, 0, transcript, 0, HELLO_BYTES);
    }

    boolean isTrueHello(final byte[] hello) {
        return hello.length == HELLO_BYTES && isSigned(hello, secrets.helloKey());
    }

    /** Whether the peer, who has the key, seals as this end does. */
    boolean isSameSeal(final byte[] hello) {
        return hello[Wire.HEADER_BYTES] == VERSION
                && hello[Wire.HEADER_BYTES + 1] == sealing.suite().code();
    }

    /** Now both random parts are known: derives the connection's secrets, bound to HELLO and to what of REPLY is not derived from them. */
    ConnectionSecrets derive(final byte[] reply) {
        System.arraycopy(reply, 0, transcript, HELLO_BYTES, REPLY_BYTES - Hkdf.BYTES);
        return secrets.of(transcript);
    }

    void agree(final byte[] outgoing, final Unsealer incoming) {
        sealer = new Sealer(sealing, outgoing);
        unsealer = incoming;
    }

    /** With its HMAC in the last bytes. */
    static byte[] signed(final byte[] words, final byte[] key) {
        final int length = words.length - Hkdf.BYTES;
        System.arraycopy(Hkdf.mac(key, words, length), 0, words, length, Hkdf.BYTES);
        return words;
    }

    static boolean isSigned(final byte[] words, final byte[] key) {
        final int length = words.length - Hkdf.BYTES;
        return MessageDigest.isEqual(Hkdf.mac(key, words, length), Arrays.copyOfRange(words, length, words.length));
    }
}
