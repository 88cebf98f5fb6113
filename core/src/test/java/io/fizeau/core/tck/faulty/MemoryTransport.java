package io.fizeau.core.tck.faulty;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two rings for each connection, within one JVM; correct, but for one chosen fault. Not found by {@link java.util.ServiceLoader}:
 * give an instance to {@link io.fizeau.core.registry.Transports#of}. Each instance is a network of its own.
 */
public final class MemoryTransport implements Transport {
    /** The longest message: an eighth of a ring. */
    static final int MAX_MESSAGE_BYTES = 8 << 10;

    private static final long LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Option<Boolean> WAITS = Option.flag("waits", false, "whether send and poll wait for the peer");

    private static final Option<Boolean> PORT =
            Option.flag("port", false, "whether a listener has a TCP port too, at which strangers are rejected");

    private final Fault fault;
    private final Map<String, MemoryListener> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();

    /**
     * Creates a network.
     *
     * @param fault what it does wrong.
     */
    public MemoryTransport(final Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "two rings in one JVM, with the fault " + fault;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(WAITS, PORT);
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        final Guarantees plain = Guarantees.connected(
                MAX_MESSAGE_BYTES,
                LIVENESS_NS,
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CONCURRENT_SEND);
        return settings.get(WAITS)
                ? plain.with(Guarantee.BLOCKING_SEND, Guarantee.BLOCKING_DELIVERY, Guarantee.POLLED_PER_CONNECTION)
                : plain;
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return settings.get(PORT) ? HostPort.loopback() : new Channel("memory:" + names.incrementAndGet(), 0);
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return new MemoryNode(
                listeners,
                fault,
                context,
                DrivingSupport.BOTH.forListening(settings.get(CommonOptions.DRIVING)),
                settings.get(CommonOptions.SENDS),
                settings.get(WAITS));
    }
}
