package io.fizeau.transports.inproc;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.loop.OwnDriving;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two of Agrona's one-to-one rings for each connection, between two nodes of one JVM. It copies a message in and hands it out in
 * place, so what a benchmark shows for it is what the harness costs: the noise floor.
 *
 * <p>Addresses are channels of the form {@code inproc:name#stream}, seen by all nodes of the JVM. A connection opens as soon as
 * somebody listens, as TCP's does, before the other node has accepted it.
 */
public final class InprocTransport implements Transport {
    /** Scheme of its addresses. */
    static final String SCHEME = "inproc:";

    /** The longest message. */
    static final Option<Integer> MAX_MESSAGE = Option.bytes(
            "maxMessage",
            64 << 10,
            64,
            16 << 20,
            "longest message in bytes; each of a connection's two rings holds at least eight of them");

    /** A driven end polls at least every 100 ms, and finds the other's mark then; twice that, for a slow machine. */
    private static final long LIVENESS_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** For the service loader. */
    public InprocTransport() {}

    @Override
    public String name() {
        return "inproc";
    }

    @Override
    public String description() {
        return "two rings in one JVM: the noise floor of the harness, not a competitor";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(MAX_MESSAGE);
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        return Guarantees.connected(
                settings.get(MAX_MESSAGE),
                LIVENESS_NS,
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CONCURRENT_SEND);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return new Channel(SCHEME + "any-" + NAMES.incrementAndGet(), 0);
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        final Driving driving = DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
        final InprocNode node = new InprocNode(settings.get(MAX_MESSAGE), driving, context);
        if (driving == Driving.CALLER) {
            return node;
        }
        return OwnDriving.start(node, () -> {}, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }
}
