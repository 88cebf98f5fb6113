package io.fizeau.transports.link;

import io.fizeau.core.error.TransportException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The kinds of link that there are. Stateless. */
public final class Links {
    private Links() {}

    /**
     * All kinds, available or not.
     *
     * @return the kinds in the order of preference, the one that can do most first.
     */
    public static List<LinkKind> all() {
        // The order of the provider file is the order of preference.
        return ServiceLoader.load(LinkKind.class, LinkKind.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * A kind by its name.
     *
     * @param name the name.
     * @return the kind.
     * @throws TransportException if there is none; the message lists them.
     */
    public static LinkKind named(final String name) {
        return all().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TransportException.badRequest("link=" + name + " is none of "
                        + all().stream().map(LinkKind::name).collect(Collectors.joining(", "))));
    }
}
