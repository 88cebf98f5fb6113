package io.fizeau.core.layer;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Settings;

/** How long a message may be so that what travels instead of it still fits. */
final class Growth {
    private Growth() {}

    /**
     * The longest message that cannot outgrow what the transport below takes.
     *
     * @param layer says by how much a message may grow.
     * @param settings the layer's settings.
     * @param maxBytesBelow the longest message of the transport below.
     * @return bytes, at least 1.
     * @throws TransportException if not even a message of one byte fits.
     */
    static int longestThatFits(final TransformLayer layer, final Settings settings, final int maxBytesBelow) {
        int fits = 0;
        long tooLong = maxBytesBelow + 1L;
        while (tooLong - fits > 1) {
            final int middle = (int) ((fits + tooLong) >>> 1);
            if ((long) middle + layer.worstGrowthBytes(settings, middle) <= maxBytesBelow) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        if (fits == 0) {
            throw TransportException.badRequest("layer " + layer.name()
                    + " does not fit: a message of 1 byte may grow by " + layer.worstGrowthBytes(settings, 1)
                    + " bytes, and the transport below takes " + maxBytesBelow);
        }
        return fits;
    }
}
