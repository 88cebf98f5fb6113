package io.fizeau.transports.seal;

import io.fizeau.core.layer.Transform;
import io.fizeau.core.layer.TransformSource;

/** Makes the seals of a node's connections. */
record SealSource(NodeSecrets secrets, Sealing sealing, long openingTimeoutNs) implements TransformSource {
    @Override
    public Transform newTransform(final boolean isConnecting) {
        return new Seal(
                isConnecting ? new ConnectingHandshake(secrets, sealing) : new AcceptingHandshake(secrets, sealing),
                sealing.isReliable());
    }

    @Override
    public int openingBytes() {
        return Handshake.LONGEST_BYTES;
    }
}
