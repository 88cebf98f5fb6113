package io.fizeau.core.layer;

import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.NodeContext;

/**
 * What all connections of one node have in common.
 *
 * @param layer the layer.
 * @param settings its settings.
 * @param source makes the transforms.
 * @param below what is promised by what the layer is put around.
 * @param context where errors go, and threads come from.
 * @param watch minds the connections that are opening.
 */
record Wrapping(
        TransformLayer layer,
        Settings settings,
        TransformSource source,
        Guarantees below,
        NodeContext context,
        OpeningWatch watch) {
    static Wrapping of(
            final TransformLayer layer, final Settings settings, final Guarantees below, final NodeContext context) {
        return new Wrapping(
                layer,
                settings,
                layer.source(settings, below),
                below,
                context,
                new OpeningWatch(
                        context, below.has(Guarantee.POLLED_PER_CONNECTION), below.has(Guarantee.BLOCKING_DELIVERY)));
    }

    boolean isReliable() {
        return below.has(Guarantee.RELIABLE);
    }

    /** Whether one thread may send while another delivers. */
    boolean isSentConcurrently() {
        return below.has(Guarantee.CONCURRENT_SEND);
    }
}
