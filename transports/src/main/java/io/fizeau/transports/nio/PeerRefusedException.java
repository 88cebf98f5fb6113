package io.fizeau.transports.nio;

import java.io.IOException;

/**
 * The peer does not speak this protocol, or is not to be trusted. Its connection closes as a protocol error, the listener counts
 * it, and the node's error handler is told the message.
 */
public final class PeerRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param message why, in one line, without a secret.
     */
    public PeerRefusedException(final String message) {
        super(message);
    }

    /**
     * Creates one.
     *
     * @param message why, in one line, without a secret.
     * @param cause what was found.
     */
    public PeerRefusedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
