package io.fizeau.transports.seal;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.transports.keys.KeyFolder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Seals each message, so that on the way nobody can read it, alter it, make one up or deliver one again. Whoever has the pre-shared key
 * of the folder is a peer; there are no other identities, and who gets hold of the key can open what was recorded before. The end of a
 * connection is as authentic as the transport below makes it.
 */
abstract class SealLayer implements TransformLayer {
    private static final Option<Duration> OPEN_TIMEOUT = Option.duration(
            "openTimeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofSeconds(60),
            "how long the exchange of random numbers may take that opens a connection");
    private static final List<Option<?>> OPTIONS = List.of(KeyFolder.KEYS, OPEN_TIMEOUT);

    private final Suite suite;
    private final SealLimits limits;

    SealLayer(final Suite suite, final SealLimits limits) {
        this.suite = suite;
        this.limits = limits;
    }

    @Override
    public final List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public final Availability availability(final Settings settings) {
        return KeyFolder.availability(settings);
    }

    @Override
    public final Set<Guarantee> adds(final Settings settings) {
        return Set.of(Guarantee.ENCRYPTED, Guarantee.AUTHENTICATED, Guarantee.ALLOCATES);
    }

    @Override
    public final int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return Wire.GROWTH_BYTES;
    }

    @Override
    public final Guarantees guarantees(final Settings settings, final Guarantees below) {
        final Guarantees sealed = TransformLayer.super.guarantees(settings, below);
        if (below.maxMessageBytes() < Handshake.LONGEST_BYTES) {
            throw TransportException.badRequest("layer " + name()
                    + " does not fit: its opening exchange takes messages of " + Handshake.LONGEST_BYTES
                    + " bytes, and the transport below takes " + below.maxMessageBytes());
        }
        return sealed;
    }

    @Override
    public final TransformSource source(final Settings settings, final Guarantees below) {
        final byte[] key = KeyFolder.open(KeyFolder.place(settings)).preSharedKey();
        final NodeSecrets secrets = new NodeSecrets(key);
        Arrays.fill(key, (byte) 0);
        final boolean isReliable = below.has(Guarantee.RELIABLE);
        final Sealing sealing = new Sealing(suite, limits, isReliable, isReliable && below.has(Guarantee.ORDERED));
        return new SealSource(secrets, sealing, settings.get(OPEN_TIMEOUT).toNanos());
    }
}
