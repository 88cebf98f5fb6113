package io.fizeau.transports.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What all connections of a node start from. Thread-safe. */
final class NodeSecrets {
    private static final byte[] SALT = "fizeau seal 1".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final byte[] root;
    private final byte[] helloKey;

    /**
     * Derives them.
     *
     * @param sharedKey the key that both ends have; not needed afterwards.
     */
    NodeSecrets(final byte[] sharedKey) {
        this.root = Hkdf.extract(SALT, sharedKey);
        this.helloKey = Hkdf.expand(root, "hello", new byte[0], Hkdf.BYTES);
    }

    byte[] helloKey() {
        return helloKey;
    }

    byte[] random(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    ConnectionSecrets of(final byte[] transcript) {
        final byte[] master = Hkdf.extract(transcript, root);
        final byte[] none = new byte[0];
        return new ConnectionSecrets(
                Hkdf.expand(master, "reply", none, Hkdf.BYTES),
                Hkdf.expand(master, "finish", none, Hkdf.BYTES),
                Hkdf.expand(master, "to the accepting end", none, Hkdf.BYTES),
                Hkdf.expand(master, "to the connecting end", none, Hkdf.BYTES));
    }
}
