package io.fizeau.transports.seal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the accepting end agrees on with whoever said a HELLO, if he then shows that he has the key. Until something sealed comes, it
 * holds no cipher. By the delivering thread.
 */
final class Candidate {
    private final byte[] hello;
    private final byte[] reply;
    private final ConnectionSecrets secrets;
    private @Nullable Unsealer unsealer;

    Candidate(final byte[] hello, final byte[] reply, final ConnectionSecrets secrets) {
        this.hello = hello;
        this.reply = reply;
        this.secrets = secrets;
    }

    boolean hasSaid(final byte[] another) {
        return Arrays.equals(hello, another);
    }

    byte[] reply() {
        return reply;
    }

    ConnectionSecrets secrets() {
        return secrets;
    }

    /** What opens his messages: the same at each call. */
    Unsealer unsealer(final Sealing sealing) {
        final Unsealer made = unsealer == null ? new Unsealer(sealing, secrets.toAccepting()) : unsealer;
        unsealer = made;
        return made;
    }
}
