package io.fizeau.transports.seal;

/** The secrets of one connection, each for one purpose. */
final class ConnectionSecrets {
    private final byte[] replyKey;
    private final byte[] finishKey;
    private final byte[] toAccepting;
    private final byte[] toConnecting;

    ConnectionSecrets(
            final byte[] replyKey, final byte[] finishKey, final byte[] toAccepting, final byte[] toConnecting) {
        this.replyKey = replyKey;
        this.finishKey = finishKey;
        this.toAccepting = toAccepting;
        this.toConnecting = toConnecting;
    }

    byte[] replyKey() {
        return replyKey;
    }

    byte[] finishKey() {
        return finishKey;
    }

    byte[] toAccepting() {
        return toAccepting;
    }

    byte[] toConnecting() {
        return toConnecting;
    }
}
