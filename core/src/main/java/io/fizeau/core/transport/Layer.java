package io.fizeau.core.transport;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import java.util.List;

/**
 * Something put around a transport's messages: a checksum, a seal, a compression. {@code tcp-nio+crc32c} is the layer
 * {@code crc32c} around the transport {@code tcp-nio}; several apply in the order written, the last one outermost.
 *
 * <p>Layers are found by {@link java.util.ServiceLoader}, as transports are, and like them hold no state themselves.
 *
 * @implSpec Keep state per connection, never per layer or node, because connections are driven by different threads. Pass on
 *     every return code and every callback of the node below. Whoever only turns one message into another, and back,
 *     implements {@link io.fizeau.core.layer.TransformLayer} and writes nothing but that.
 */
public interface Layer {
    /**
     * Its name in spec strings.
     *
     * @return lower-case letters, digits and dashes, starting with a letter, unique among all layers.
     */
    String name();

    /**
     * What it is, for {@code fizeau list}.
     *
     * @return one phrase without a full stop.
     */
    String description();

    /**
     * The options it has.
     *
     * @return the options, with names that differ.
     */
    default List<Option<?>> options() {
        return List.of();
    }

    /**
     * What is promised with this layer around something that promises {@code below}.
     *
     * @param settings values for {@link #options()}.
     * @param below the guarantees of what it is put around.
     * @return those, with what the layer adds, and the largest message lowered by the layer's worst expansion.
     */
    Guarantees guarantees(Settings settings, Guarantees below);

    /**
     * Whether it can work on this host and this JVM.
     *
     * @param settings values for {@link #options()}.
     * @return that it is available, or the reason why not.
     */
    default Availability availability(final Settings settings) {
        return Availability.yes();
    }

    /**
     * Puts this layer around a node.
     *
     * @param settings values for {@link #options()}.
     * @param promised the guarantees of what it is put around.
     * @param below an open node, which the returned one owns from now on and closes.
     * @param context the node's name, where its threads come from and where its errors go.
     * @return a node whose connections carry messages through this layer.
     * @throws io.fizeau.core.error.TransportException if something it needs cannot be had; {@code below} is left open then.
     */
    Node wrap(Settings settings, Guarantees promised, Node below, NodeContext context);
}
