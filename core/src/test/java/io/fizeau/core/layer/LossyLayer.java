package io.fizeau.core.layer;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Loses the first messages that come to each end, and promises no better. */
final class LossyLayer implements TransformLayer {
    private static final Option<Integer> LOST = Option.integer("lost", 2, 0, 100, "how many are lost at each end");

    @Override
    public String name() {
        return "lossy";
    }

    @Override
    public String description() {
        return "loses the first messages";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(LOST);
    }

    @Override
    public Guarantees guarantees(final Settings settings, final Guarantees below) {
        return TransformLayer.super.guarantees(settings, below).without(Guarantee.RELIABLE, Guarantee.ORDERED);
    }

    @Override
    public int worstGrowthBytes(final Settings settings, final int messageBytes) {
        return 0;
    }

    @Override
    public TransformSource source(final Settings settings, final Guarantees below) {
        final int lost = settings.get(LOST);
        return isConnecting -> new Transform() {
            private int left = lost;

            @Override
            public int encode(
                    final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
                target.putBytes(0, message, offset, length);
                return length;
            }

            @Override
            public Decoded decode(
                    final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
                message.wrap(encoded, offset, length);
                return left-- > 0 ? Decoded.DROPPED : Decoded.MESSAGE;
            }
        };
    }
}
