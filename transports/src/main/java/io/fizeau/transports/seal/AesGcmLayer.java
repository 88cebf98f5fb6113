package io.fizeau.transports.seal;

/** The layer {@code aes-gcm}: messages sealed with AES-256-GCM. */
public final class AesGcmLayer extends SealLayer {
    /** Found by the service loader. */
    public AesGcmLayer() {
        this(SealLimits.DEFAULT);
    }

    AesGcmLayer(final SealLimits limits) {
        super(Suite.AES_GCM, limits);
    }

    @Override
    public String name() {
        return "aes-gcm";
    }

    @Override
    public String description() {
        return "each message sealed with AES-256-GCM, by keys from 'fizeau keys'; fast where the processor has AES";
    }
}
