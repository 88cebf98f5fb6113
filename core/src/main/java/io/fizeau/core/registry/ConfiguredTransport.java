package io.fizeau.core.registry;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.util.List;

/**
 * A transport with its settings and the layers around it: what a spec string stands for, and what everybody but the
 * implementer of a transport works with. Immutable and thread-safe.
 */
public final class ConfiguredTransport {
    /** A layer with its settings. */
    record ConfiguredLayer(Layer layer, Settings settings) {}

    private final TransportSpec spec;
    private final Transport transport;
    private final Settings settings;
    private final List<ConfiguredLayer> layers;

    ConfiguredTransport(
            final TransportSpec spec,
            final Transport transport,
            final Settings settings,
            final List<ConfiguredLayer> layers) {
        this.spec = spec;
        this.transport = transport;
        this.settings = settings;
        this.layers = List.copyOf(layers);
    }

    /**
     * The spec it was made of.
     *
     * @return the spec.
     */
    public TransportSpec spec() {
        return spec;
    }

    /**
     * The transport under the layers.
     *
     * @return the provider.
     */
    public Transport transport() {
        return transport;
    }

    /**
     * The transport's settings.
     *
     * @return values for its options and the common ones.
     */
    public Settings settings() {
        return settings;
    }

    /**
     * What is promised with all layers on.
     *
     * @return the guarantees.
     */
    public Guarantees guarantees() {
        Guarantees guarantees = transport.guarantees(settings);
        for (final ConfiguredLayer layer : layers) {
            guarantees = layer.layer.guarantees(layer.settings, guarantees);
        }
        return guarantees;
    }

    /**
     * Whose threads can drive it.
     *
     * @return the ways offered.
     */
    public DrivingSupport driving() {
        return transport.driving(settings);
    }

    /**
     * Whether it can run here.
     *
     * @return that it is available, or the first reason why not.
     */
    public Availability availability() {
        final Availability below = transport.availability(settings);
        if (!below.isAvailable()) {
            return below;
        }
        for (final ConfiguredLayer layer : layers) {
            final Availability availability = layer.layer.availability(layer.settings);
            if (!availability.isAvailable()) {
                return availability;
            }
        }
        return below;
    }

    /**
     * An address on this host that is free.
     *
     * @return an address for {@link Node#listen}.
     */
    public Address loopbackAddress() {
        return transport.loopbackAddress(settings);
    }

    /**
     * Opens a node, the layers around it.
     *
     * @param context the node's name, where its threads come from and where its errors go.
     * @return a new node, which the caller closes.
     * @throws TransportException if it is not available, or something it needs cannot be had; nothing is left open then.
     */
    public Node open(final NodeContext context) {
        final Availability availability = availability();
        if (!availability.isAvailable()) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, spec.text() + " cannot run here: " + availability.reason());
        }
        Node node = transport.open(settings, context);
        Guarantees promised = transport.guarantees(settings);
        try {
            for (final ConfiguredLayer layer : layers) {
                final Guarantees below = promised;
                promised = layer.layer.guarantees(layer.settings, below);
                node = layer.layer.wrap(layer.settings, below, node, context);
            }
        } catch (final RuntimeException | Error e) {
            node.close();
            throw e;
        }
        return node;
    }

    @Override
    public String toString() {
        return spec.text();
    }
}
