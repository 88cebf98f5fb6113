package io.fizeau.transports.uds;

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
import io.fizeau.transports.blocking.BlockingStack;
import io.fizeau.transports.blocking.BlockingThreads;
import io.fizeau.transports.blocking.ThreadKind;
import io.fizeau.transports.framing.LengthPrefix;
import io.fizeau.transports.nio.ChannelFactory;
import io.fizeau.transports.nio.NioNode;
import io.fizeau.transports.nio.NioStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Unix domain sockets over {@code SocketChannel}: what {@code tcp-nio} is, between the processes of one host and of one user, without
 * the network's code below it.
 *
 * <p>A listener's socket file can be used by its owner alone and goes with the listener. One that a killed process has left is
 * replaced; whatever else is in the way is refused. Driving, sending and gathering are as in {@code tcp-nio}, and with
 * {@code wait=block} as in {@code tcp-blocking}.
 */
public final class UdsTransport implements Transport {
    /** The kernel tells of a peer's end at once; this is what a busy host may need to hand it on. */
    private static final long LIVENESS_NS = TimeUnit.SECONDS.toNanos(1);

    private static final List<Option<?>> OPTIONS = allOptions();

    /** For the service loader. */
    public UdsTransport() {}

    @Override
    public String name() {
        return "uds";
    }

    @Override
    public String description() {
        return "Unix domain sockets, one thread for many connections, or one for each";
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        if (isBlocking(settings)) {
            return BlockingStack.guarantees(UnixOptions.of(settings).maxMessageBytes(), LIVENESS_NS);
        }
        Guarantees guarantees = Guarantees.connected(
                UnixOptions.of(settings).maxMessageBytes(),
                LIVENESS_NS,
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CROSSES_PROCESSES);
        if (settings.get(UnixWait.OPTION) == UnixWait.SELECT) {
            guarantees = guarantees.with(Guarantee.BLOCKING_DELIVERY);
        }
        if (drivingOf(settings) == Driving.OWN) {
            guarantees = guarantees.with(Guarantee.CONCURRENT_SEND);
        }
        return guarantees;
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return isBlocking(settings) ? BlockingStack.DRIVING : DrivingSupport.BOTH;
    }

    @Override
    public Availability availability(final Settings settings) {
        return settings.get(ThreadKind.THREADS).availability();
    }

    /** A name in the folder for temporary files that nothing has. */
    @Override
    public Address loopbackAddress(final Settings settings) {
        try {
            final Path free = Files.createTempFile("fizeau-", ".sock");
            Files.delete(free);
            return new LocalPath(free.toString());
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "cannot make a file in the folder for temporary files: " + e.getMessage()
                            + "; make room, or set java.io.tmpdir",
                    e);
        }
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        final UnixOptions options = UnixOptions.of(settings);
        if (isBlocking(settings)) {
            return new BlockingStack(
                            name(),
                            new UnixSockets(
                                    new UnixFamily(options),
                                    options.connectTimeoutNs(),
                                    BlockingStack.readTimeoutMs(settings)),
                            BlockingThreads.of(settings),
                            options.maxMessageBytes(),
                            options.gathersBytes(),
                            options.connectTimeoutNs())
                    .open(context);
        }
        final NioStack stack = new NioStack(
                name(),
                new UnixFamily(options),
                ChannelFactory.PLAIN,
                new LengthPrefix(options.maxMessageBytes(), options.gathersBytes()),
                settings.get(UnixWait.OPTION).ofLoop(),
                drivingOf(settings),
                options.maxMessageBytes(),
                options.gathersBytes(),
                options.connectTimeoutNs());
        return NioNode.open(stack, settings.get(CommonOptions.IDLE).newStrategy(), context);
    }

    private static boolean isBlocking(final Settings settings) {
        return settings.get(UnixWait.OPTION) == UnixWait.BLOCK;
    }

    private static Driving drivingOf(final Settings settings) {
        return DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
    }

    private static List<Option<?>> allOptions() {
        final List<Option<?>> all = new ArrayList<>();
        all.add(UnixWait.OPTION);
        all.add(BlockingStack.READ_TIMEOUT);
        all.add(ThreadKind.THREADS);
        all.addAll(UnixOptions.all());
        return List.copyOf(all);
    }
}
