package io.fizeau.transports.crc32c;

import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;

/**
 * A CRC32C (RFC 3720, appendix B.4) behind each message. A message that was altered on the way is not delivered: where the
 * transport is reliable its connection closes, elsewhere it is dropped and counted. Against an adversary it does not help, so nothing is
 * added to the guarantees.
 */
public final class Crc32cLayer implements TransformLayer {
    /** Found by the service loader. */
    public Crc32cLayer() {}

    @Override
    public String name() {
        return "crc32c";
    }

    @Override
    public String description() {
        return "a CRC32C behind each message, checked at the other end";
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        final boolean isReliable = below.has(Guarantee.RELIABLE);
        return isConnecting -> new Crc32cTrailer(isReliable);
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return Crc32cTrailer.BYTES;
    }
}
