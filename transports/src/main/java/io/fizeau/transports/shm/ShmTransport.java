package io.fizeau.transports.shm;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import io.fizeau.transports.loop.OwnDriving;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shared memory between two processes of one user: for each connection a file that both map, with one of Agrona's one-to-one rings
 * each way. No system call is on a message's way, and nobody is between the two ends.
 *
 * <p>Addresses are paths. A listener makes a folder there, which is its user's alone; put it into {@code /dev/shm}, so that no disk
 * is behind it. Both ends must have the same {@code maxMessage}. A peer's death is found by asking the kernel about its process, so
 * both must be in one pid namespace; a peer that is only stopped is not taken for dead.
 */
public final class ShmTransport implements Transport {
    /** The shortest {@code maxMessage}. */
    static final int LEAST_MESSAGE_BYTES = 64;

    /** The longest {@code maxMessage}. */
    static final int LONGEST_MESSAGE_BYTES = 16 << 20;

    /** The longest message. */
    static final Option<Integer> MAX_MESSAGE = Option.bytes(
            "maxMessage",
            64 << 10,
            LEAST_MESSAGE_BYTES,
            LONGEST_MESSAGE_BYTES,
            "longest message in bytes, the same at both ends; each of a connection's two rings holds at least eight of them");

    /** How long connecting may take. */
    static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
            "connectTimeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            "how long a listener may take to accept");

    /** The look at the clock after at most 16 polls, each 100 ms apart, and what was due since then. */
    private static final long LIVENESS_NS = TimeUnit.SECONDS.toNanos(2);

    /** For the service loader. */
    public ShmTransport() {}

    @Override
    public String name() {
        return "shm";
    }

    @Override
    public String description() {
        return "two rings in shared memory for each connection, between processes of one host";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(MAX_MESSAGE, CONNECT_TIMEOUT);
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
                Guarantee.CROSSES_PROCESSES,
                Guarantee.CONCURRENT_SEND);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return DrivingSupport.BOTH;
    }

    @Override
    public Availability availability(final Settings settings) {
        return SharedMemory.availability();
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return new LocalPath(SharedMemory.newPath().toString());
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        final ProcessIdentity self;
        try {
            self = ProcessIdentity.self();
            SharedMemory.sweep(self);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "shm cannot run here: " + e.getMessage(), e);
        }
        final Driving driving = DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
        final ShmNode node = new ShmNode(
                settings.get(MAX_MESSAGE), settings.get(CONNECT_TIMEOUT).toNanos(), self, driving, context);
        if (driving == Driving.CALLER) {
            return node;
        }
        return OwnDriving.start(node, () -> {}, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }
}
