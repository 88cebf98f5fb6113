package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
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
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.trace.NodeTraces;
import io.fizeau.transports.datagram.trace.TraceSettings;
import io.fizeau.transports.loop.OwnDriving;
import java.util.List;

/**
 * A transport over UDP datagrams, of which a subclass names the mechanism. One thread, the caller's or the node's own, serves all
 * connections of a node; with {@code driving=own} another one may send.
 *
 * <p>A connection that connects has a socket of its own; those that a listener accepts share the listener's, which therefore stays open
 * after the listener has closed, until the last of them has.
 */
public abstract class DatagramTransport implements Transport {
    private final String name;
    private final String description;
    private final List<Option<?>> own;

    /**
     * For subclasses.
     *
     * @param name the name in spec strings.
     * @param description one line.
     * @param own the mechanism's own options, which come first.
     */
    protected DatagramTransport(final String name, final String description, final Option<?>... own) {
        this.name = name;
        this.description = description;
        this.own = List.of(own);
    }

    /**
     * The mechanism.
     *
     * @param settings values for all options.
     * @return the kind.
     */
    protected abstract MechanismKind kind(Settings settings);

    /**
     * Whether every accepted message is delivered, once and in order, with the sender held back if need be; if not, a message is not
     * longer than a datagram carries.
     *
     * @return true unless overridden.
     */
    protected boolean isReliable() {
        return true;
    }

    /**
     * Whether the user chooses how many datagrams may be on the way.
     *
     * @return true for what is reliable, unless overridden.
     */
    protected boolean isWindowed() {
        return isReliable();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final List<Option<?>> options() {
        return DatagramOptions.all(own, isReliable(), isWindowed());
    }

    @Override
    public final Guarantees guarantees(final Settings settings) {
        final SessionSettings session = read(settings).session();
        Guarantees guarantees = Guarantees.connected(
                session.maxMessageBytes(),
                session.idleTimeoutNs(),
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.CROSSES_PROCESSES,
                Guarantee.CROSSES_HOSTS);
        if (isReliable()) {
            guarantees = guarantees.with(Guarantee.RELIABLE, Guarantee.ORDERED, Guarantee.FLOW_CONTROLLED);
        }
        if (drivingOf(settings) == Driving.OWN) {
            guarantees = guarantees.with(Guarantee.CONCURRENT_SEND);
        }
        return guarantees;
    }

    @Override
    public final DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public final boolean sendsDatagrams() {
        return true;
    }

    @Override
    public final Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public final Node open(final Settings settings, final NodeContext context) {
        final Driving driving = drivingOf(settings);
        final NodeTraces traces = new NodeTraces(TraceSettings.fromSystem(), name, context);
        final DatagramNode node = new DatagramNode(name, read(settings), driving, traces, context);
        if (driving == Driving.CALLER) {
            return node;
        }
        return OwnDriving.start(node, () -> {}, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }

    private DatagramOptions read(final Settings settings) {
        return DatagramOptions.of(settings, kind(settings), isWindowed());
    }

    private static Driving drivingOf(final Settings settings) {
        return DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
    }
}
