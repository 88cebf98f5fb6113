package io.fizeau.core.transport;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A way of carrying messages between processes, seen from outside: its name, its options, what it promises, and the door
 * through which a {@link Node} of it is opened.
 *
 * <p>This is the interface to implement in order to have a transport of one's own measured. One interface covers both ends:
 * the node that listens and the node that connects come from the same {@code open}. The conformance kit (class
 * {@code TransportConformance} in core's {@code tck} jar) says whether an implementation keeps what it promises; numbers
 * count only for those that do.
 *
 * <p>A transport is found by {@link java.util.ServiceLoader}: put the class name into
 * {@code META-INF/services/io.fizeau.core.transport.Transport} of a jar on the class path.
 *
 * <p><b>Thread-safety.</b> A transport is stateless; every method may be called by any thread at any time. All state lives in
 * the nodes.
 *
 * @implSpec A public class with a public constructor without parameters. The constructor must not fail, start threads or open
 *     anything: whatever may be missing on a host is told by {@link #availability(Settings)}.
 */
public interface Transport {
    /**
     * Its name in spec strings, tables and results.
     *
     * @return lower-case letters, digits and dashes, starting with a letter, unique among all transports.
     */
    String name();

    /**
     * What it is, for {@code fizeau list}.
     *
     * @return one phrase without a full stop, of at most about 80 characters.
     */
    String description();

    /**
     * The options it has beside those that all transports have ({@link CommonOptions}).
     *
     * @return the options, with names that differ from each other and from the common ones.
     */
    default List<Option<?>> options() {
        return List.of();
    }

    /**
     * What a node opened with these settings promises. The kit, the tables and the choice of a transport rely on it.
     *
     * @param settings values for {@link #options()} and the common options.
     * @return the guarantees, the same for the same settings.
     */
    Guarantees guarantees(Settings settings);

    /**
     * Whose threads can drive it, at each end.
     *
     * @param settings values for {@link #options()} and the common options.
     * @return the ways that are offered.
     */
    DrivingSupport driving(Settings settings);

    /**
     * Whether it can run on this host and this JVM. Cheap, without side effects, and never an exception: what
     * {@code fizeau list} shows and what a test is skipped by.
     *
     * @param settings values for {@link #options()} and the common options.
     * @return that it is available, or the reason why not and what would change it.
     */
    default Availability availability(final Settings settings) {
        return Availability.yes();
    }

    /**
     * An address on this host, reached from this host only, at which a node can listen although others do already: port 0, or
     * a name made anew at each call.
     *
     * @param settings values for {@link #options()} and the common options.
     * @return an address for {@link Node#listen}.
     */
    Address loopbackAddress(Settings settings);

    /**
     * Whether its messages leave in datagrams (UDP) that a host drops, without a word to either end's program, when a buffer is full. A run
     * in which that happened is marked.
     *
     * @return false unless overridden.
     */
    default boolean sendsDatagrams() {
        return false;
    }

    /**
     * The transport that this one is with security put around it, so that a run can tell what the security costs: what {@code tcp-nio} is
     * to a TLS over the same loop.
     *
     * @param settings values for {@link #options()} and the common options.
     * @return its name, with those options that it must have in place of the user's ({@code http1?tls=false}); other options of the user are
     *     carried over where it has them. Empty, as here, if there is no such security in this transport.
     */
    default Optional<String> withoutSecurity(final Settings settings) {
        return Optional.empty();
    }

    /**
     * Opens one process's end of this transport. Starts what connections share (a driver, a selector, threads); may block for
     * as long as that takes, but for at most some seconds.
     *
     * @param settings values for {@link #options()} and the common options.
     * @param context the node's name, where its threads come from and where its errors go.
     * @return a new node, which the caller closes.
     * @throws TransportException if something it needs cannot be had; nothing is left open then.
     */
    Node open(Settings settings, NodeContext context);
}
