package io.fizeau.transports.aeron;

import io.aeron.driver.ThreadingMode;
import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.aeron.channel.IpcMedium;
import io.fizeau.transports.aeron.node.NodeConfig;
import java.util.List;

/**
 * Aeron in shared memory. The listening node embeds a driver, with one thread that backs off, because the driver touches no
 * message; connecting nodes join it by its directory, which is part of the listener's address.
 */
public final class AeronIpc implements Transport {
    private static final int LARGEST_MTU = 65_504;
    private static final int MTUS_PER_TERM = 8;
    private static final Option<Integer> MTU = Option.bytes(
            "mtu",
            LARGEST_MTU,
            64,
            LARGEST_MTU,
            "longest fragment, a multiple of 32, at most an eighth of term; a longer message is copied together");

    // Only UDP has windows and sockets; an IPC driver is configured with what suffices for none.
    private static final int UNUSED_BYTES = 128 << 10;

    /** Makes the provider; it holds nothing. */
    public AeronIpc() {}

    @Override
    public String name() {
        return "aeron-ipc";
    }

    @Override
    public String description() {
        return "Aeron in shared memory, by the media driver of the listening end or an external one";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                AeronOptions.DIR,
                AeronOptions.THREADING,
                AeronOptions.DRIVER_IDLE,
                MTU,
                AeronOptions.TERM,
                AeronOptions.LIVENESS,
                AeronOptions.CONNECT_TIMEOUT);
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        return AeronOptions.guarantees(config(settings));
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
        return IpcMedium.ANY_STREAM;
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return AeronOptions.open(new IpcMedium(), config(settings), settings, context);
    }

    private static NodeConfig config(final Settings settings) {
        // The default is as long as Aeron allows: an eighth of a term at the most.
        final int mtuBytes = settings.isGiven(MTU)
                ? settings.get(MTU)
                : Math.min(settings.get(MTU), settings.get(AeronOptions.TERM) / MTUS_PER_TERM);
        return AeronOptions.nodeConfig(settings, ThreadingMode.SHARED, mtuBytes, UNUSED_BYTES, UNUSED_BYTES);
    }
}
