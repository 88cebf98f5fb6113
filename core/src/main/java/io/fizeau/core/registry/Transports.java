package io.fizeau.core.registry;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport.ConfiguredLayer;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The transports and layers that are there: those of Fizeau and those of plug-ins, all found by {@link ServiceLoader}.
 * Immutable and thread-safe.
 */
public final class Transports {
    private final Map<String, Transport> transports;
    private final Map<String, Layer> layers;

    private Transports(final Map<String, Transport> transports, final Map<String, Layer> layers) {
        this.transports = Collections.unmodifiableMap(transports);
        this.layers = Collections.unmodifiableMap(layers);
    }

    /**
     * What the context class loader of the calling thread sees.
     *
     * @return the registry.
     * @throws TransportException as {@link #load(ClassLoader)} does.
     */
    public static Transports installed() {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? Transports.class.getClassLoader() : context);
    }

    /**
     * What a class loader sees.
     *
     * @param loader the class loader, which may hold plug-ins.
     * @return the registry.
     * @throws TransportException if a provider cannot be loaded, throws, or has a name that is taken; the message names it.
     */
    public static Transports load(final ClassLoader loader) {
        return new Transports(load(loader, Transport.class, Transport::name), load(loader, Layer.class, Layer::name));
    }

    /**
     * A registry of just these, for tests and embedding.
     *
     * @param transports the transports; names must differ.
     * @param layers the layers; names must differ.
     * @return the registry.
     */
    public static Transports of(final Collection<Transport> transports, final Collection<Layer> layers) {
        return new Transports(
                index(transports.iterator(), "transport", Transport::name),
                index(layers.iterator(), "layer", Layer::name));
    }

    /**
     * All transports, by name.
     *
     * @return an unmodifiable map in the order of names.
     */
    public Map<String, Transport> transports() {
        return transports;
    }

    /**
     * All layers, by name.
     *
     * @return an unmodifiable map in the order of names.
     */
    public Map<String, Layer> layers() {
        return layers;
    }

    /**
     * Finds what a spec string names and checks its options.
     *
     * @param spec the spec string, see {@link TransportSpec}.
     * @return a transport that can be opened.
     * @throws TransportException if the string is malformed, or names a transport, layer or option that is not known; the
     *     message lists those that are.
     */
    public ConfiguredTransport resolve(final String spec) {
        return resolve(TransportSpec.parse(spec));
    }

    /**
     * Finds what a spec names and checks its options.
     *
     * @param spec the spec.
     * @return a transport that can be opened.
     * @throws TransportException if it names a transport, layer or option that is not known; the message lists those that are.
     */
    public ConfiguredTransport resolve(final TransportSpec spec) {
        final SpecPart part = spec.transport();
        final Transport transport = known(transports, "transport", part.name());
        final List<Option<?>> options = new ArrayList<>(transport.options());
        options.addAll(CommonOptions.all());
        final Settings settings = Settings.of(part.name(), options, part.options());
        final List<ConfiguredLayer> configured = new ArrayList<>();
        for (final SpecPart layerPart : spec.layers()) {
            final Layer layer = known(layers, "layer", layerPart.name());
            configured.add(
                    new ConfiguredLayer(layer, Settings.of(layerPart.name(), layer.options(), layerPart.options())));
        }
        return new ConfiguredTransport(spec, transport, settings, configured);
    }

    /**
     * What a transport is without its layers and without security of its own, for comparisons: {@code tcp-nio} for {@code tcp-nio+crc32c},
     * and for a TLS that says so ({@link Transport#withoutSecurity}).
     *
     * @param transport any transport.
     * @return the bare one, with the options that both have; empty if it is bare already.
     * @throws TransportException if what it names is not known here.
     */
    public Optional<ConfiguredTransport> bare(final ConfiguredTransport transport) {
        final Map<String, String> given = transport.spec().transport().options();
        final Optional<SpecPart> other = transport
                .transport()
                .withoutSecurity(transport.settings())
                .map(text -> TransportSpec.parse(text).transport());
        if (other.isEmpty()) {
            return transport.spec().layers().isEmpty()
                    ? Optional.empty()
                    : Optional.of(resolve(new TransportSpec(transport.spec().transport(), List.of())));
        }
        final Set<String> known = new HashSet<>();
        known(transports, "transport", other.get().name()).options().forEach(option -> known.add(option.name()));
        CommonOptions.all().forEach(option -> known.add(option.name()));
        final Map<String, String> options = new LinkedHashMap<>(given);
        options.keySet().retainAll(known);
        options.putAll(other.get().options());
        return Optional.of(resolve(new TransportSpec(new SpecPart(other.get().name(), options), List.of())));
    }

    private static <T> T known(final Map<String, T> all, final String kind, final String name) {
        final T found = all.get(name);
        if (found == null) {
            throw TransportException.badRequest("unknown " + kind + " '" + name + "': the known ones are "
                    + (all.isEmpty() ? "none" : String.join(", ", all.keySet())));
        }
        return found;
    }

    private static <T> Map<String, T> load(
            final ClassLoader loader, final Class<T> service, final Function<T, String> name) {
        try {
            return index(ServiceLoader.load(service, loader).iterator(), kind(service), name);
        } catch (final ServiceConfigurationError | LinkageError e) {
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "a plug-in's " + kind(service) + " cannot be loaded: " + e.getMessage()
                            + (cause == e ? "" : " (" + cause + ")"),
                    e);
        }
    }

    private static String kind(final Class<?> service) {
        return service == Layer.class ? "layer" : "transport";
    }

    private static <T> Map<String, T> index(
            final Iterator<T> providers, final String kind, final Function<T, String> nameOf) {
        final Map<String, T> byName = new TreeMap<>();
        while (providers.hasNext()) {
            final T provider = providers.next();
            final String name;
            try {
                name = new SpecPart(nameOf.apply(provider), Map.of()).name();
            } catch (final RuntimeException e) {
                throw new TransportException(
                        TransportException.NextStep.STOP,
                        kind + " " + provider.getClass().getName() + " cannot tell its name: " + e.getMessage(),
                        e);
            }
            final T other = byName.put(name, provider);
            if (other != null) {
                throw TransportException.badRequest("two " + kind + "s are called '" + name + "': "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return byName;
    }
}
