package io.fizeau.transports.aeron;

import io.aeron.driver.ThreadingMode;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.aeron.channel.UdpMedium;
import io.fizeau.transports.aeron.node.NodeConfig;
import java.util.List;

/**
 * Aeron over unicast UDP. On few processors the embedded driver has no threads and is invoked by the thread that polls; with
 * enough of them it has three.
 */
public final class AeronUdp implements Transport {
    /** Two such drivers spin on four threads, and two applications on two. */
    private static final int DEDICATED_FROM_PROCESSORS = 8;

    private static final int LARGEST_MTU = 65_504;
    private static final Option<Integer> MTU =
            Option.bytes("mtu", 1408, 64, LARGEST_MTU, "longest datagram, a multiple of 32; 8192 suits the loopback");
    private static final Option<Integer> WINDOW = Option.bytes(
            "window",
            128 << 10,
            1 << 10,
            1 << 28,
            "how much a receiver lets a sender send ahead; at most socketBuffer");
    private static final Option<Integer> SOCKET_BUFFER = Option.bytes(
            "socketBuffer", 200 << 10, 1 << 12, 1 << 28, "socket buffers; the kernel's limit is net.core.rmem_max");

    /** Makes the provider; it holds nothing. */
    public AeronUdp() {}

    @Override
    public String name() {
        return "aeron-udp";
    }

    @Override
    public String description() {
        return "Aeron over unicast UDP, with its media driver in the process or outside";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                AeronOptions.DIR,
                AeronOptions.THREADING,
                AeronOptions.DRIVER_IDLE,
                MTU,
                AeronOptions.TERM,
                WINDOW,
                SOCKET_BUFFER,
                AeronOptions.LIVENESS,
                AeronOptions.CONNECT_TIMEOUT);
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        return AeronOptions.guarantees(config(settings)).with(Guarantee.CROSSES_HOSTS);
    }

    @Override
    public boolean sendsDatagrams() {
        return true;
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public Availability availability(final Settings settings) {
        return AeronOptions.availability(settings);
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return HostPort.loopback();
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return AeronOptions.open(new UdpMedium(), config(settings), settings, context);
    }

    private static NodeConfig config(final Settings settings) {
        final ThreadingMode threading = Runtime.getRuntime().availableProcessors() >= DEDICATED_FROM_PROCESSORS
                ? ThreadingMode.DEDICATED
                : ThreadingMode.INVOKER;
        return AeronOptions.nodeConfig(
                settings, threading, settings.get(MTU), settings.get(WINDOW), settings.get(SOCKET_BUFFER));
    }
}
