package io.fizeau.core.layer;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.Set;

/**
 * A layer that turns each message into another one, and back at the other end: a checksum, a seal, a compression. Its author
 * writes a {@link Transform}, says by how much a message may grow, and what that adds to the guarantees; the wrapping of nodes,
 * listeners, connections and handlers is done here, with every return code passed on and nothing allocated on the steady path.
 *
 * <pre>{@code
 * public final class ChecksumLayer implements TransformLayer {
 *     public String name() { return "checksum"; }
 *     public String description() { return "four bytes at the end of each message that must fit the rest"; }
 *     public TransformSource source(Settings settings, Guarantees below) { return isConnecting -> new Checksum(); }
 *     public int worstGrowthBytes(Settings settings, int messageBytes) { return 4; }
 * }
 * }</pre>
 *
 * <p>Put the class name into {@code META-INF/services/io.fizeau.core.transport.Layer}.
 */
public interface TransformLayer extends Layer {
    /**
     * Prepares the transforms of one node: reads what they share. Called once for each node.
     *
     * @param settings values for {@link #options()}.
     * @param below what is promised by what the layer is put around.
     * @return what makes a transform for each end of each connection.
     * @throws TransportException if something it needs cannot be had; the message says what to do.
     */
    TransformSource source(Settings settings, Guarantees below);

    /**
     * By how much a message can grow at the worst.
     *
     * @param settings values for {@link #options()}.
     * @param messageBytes the length of a message.
     * @return bytes, 0 or more; not less for a longer message.
     */
    int worstGrowthBytes(Settings settings, int messageBytes);

    /**
     * What the layer promises beside what the transport below does.
     *
     * @param settings values for {@link #options()}.
     * @return the promises, none unless overridden.
     */
    default Set<Guarantee> adds(final Settings settings) {
        return Set.of();
    }

    /**
     * {@inheritDoc}
     *
     * @throws TransportException if the transport below does not keep the boundaries of messages, or its longest message is too
     *     short for this layer.
     */
    @Override
    default Guarantees guarantees(final Settings settings, final Guarantees below) {
        if (!below.has(Guarantee.KEEPS_BOUNDARIES)) {
            throw TransportException.badRequest(
                    "layer " + name() + " needs a transport that keeps the boundaries of messages");
        }
        final int longest = Growth.longestThatFits(this, settings, below.maxMessageBytes());
        return below.with(adds(settings).toArray(new Guarantee[0])).withMaxMessageBytes(longest);
    }

    @Override
    default Node wrap(final Settings settings, final Guarantees promised, final Node below, final NodeContext context) {
        return new TransformNode(below, Wrapping.of(this, settings, promised, context));
    }
}
