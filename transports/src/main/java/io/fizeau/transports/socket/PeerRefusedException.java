package io.fizeau.transports.socket;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

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

    /**
     * Refuses a peer by its first bytes.
     *
     * @param maxMessageBytes the longest message at this end, which both ends must agree on.
     * @return a new exception.
     */
    public static PeerRefusedException ofIntroduction(final int maxMessageBytes) {
        return new PeerRefusedException("its first bytes are not those of a peer with maxMessage=" + maxMessageBytes
                + ": start both ends with the same transport and options");
    }

    /**
     * Refuses a peer by a later one of its bytes.
     *
     * @param maxMessageBytes the longest message.
     * @return a new exception.
     */
    public static PeerRefusedException ofMessage(final int maxMessageBytes) {
        return new PeerRefusedException("what it sent is no message of 0 to maxMessage=" + maxMessageBytes + " bytes");
    }

    /**
     * Refuses a peer that is too slow to open the connection.
     *
     * @param isHandshakeDone whether the handshake was done, so that only its introduction is missing.
     * @param timeoutNs how long it had.
     * @return a new exception.
     */
    public static PeerRefusedException ofSilence(final boolean isHandshakeDone, final long timeoutNs) {
        return new PeerRefusedException("its " + (isHandshakeDone ? "introduction" : "handshake") + " took longer than "
                + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms");
    }
}
