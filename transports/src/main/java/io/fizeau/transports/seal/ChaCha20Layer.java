package io.fizeau.transports.seal;

/** The layer {@code chacha20}: messages sealed with ChaCha20-Poly1305. */
public final class ChaCha20Layer extends SealLayer {
    /** Found by the service loader. */
    public ChaCha20Layer() {
        this(SealLimits.DEFAULT);
    }

    ChaCha20Layer(final SealLimits limits) {
        super(Suite.CHACHA20, limits);
    }

    @Override
    public String name() {
        return "chacha20";
    }

    @Override
    public String description() {
        return "each message sealed with ChaCha20-Poly1305, by keys from 'fizeau keys'";
    }
}
