package io.fizeau.transports.aeron;

import io.aeron.driver.ThreadingMode;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.aeron.channel.Medium;
import io.fizeau.transports.aeron.driver.DriverConfig;
import io.fizeau.transports.aeron.driver.DriverDirectories;
import io.fizeau.transports.aeron.driver.DriverIdle;
import io.fizeau.transports.aeron.driver.DriverThreads;
import io.fizeau.transports.aeron.node.AeronNode;
import io.fizeau.transports.aeron.node.NodeConfig;
import io.fizeau.transports.loop.OwnDriving;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/** The options that Aeron's transports have in common, and what follows from them. */
final class AeronOptions {
    static final Option<String> DIR = Option.text(
            "dir", "", "directory of a media driver that is running: it is used, and no driver is embedded");
    static final Option<DriverThreads> THREADING = Option.choice(
            "threading", DriverThreads.class, DriverThreads.AUTO, "on whose threads the embedded media driver runs");
    static final Option<DriverIdle> DRIVER_IDLE = Option.choice(
            "driverIdle", DriverIdle.class, DriverIdle.AUTO, "how the embedded media driver's threads wait");
    static final Option<Integer> TERM = Option.bytes(
            "term",
            1 << 20,
            1 << 16,
            1 << 30,
            "length of a term: a connection's log has three each way, a message is at most an eighth of one");
    static final Option<Duration> LIVENESS = Option.duration(
            "liveness",
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            "until when a peer's death is noticed; a pause of either end must stay well below");
    static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
            "connectTimeout",
            Duration.ofSeconds(3),
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            "until when a connection must be open");

    private static final String OPENED_PACKAGE = "jdk.internal.misc";

    private AeronOptions() {}

    static NodeConfig nodeConfig(
            final Settings settings,
            final ThreadingMode defaultThreading,
            final int mtuBytes,
            final int windowBytes,
            final int socketBufferBytes) {
        final ThreadingMode threading = threading(settings, defaultThreading);
        final DriverConfig driver = new DriverConfig(
                threading,
                idle(settings.get(DRIVER_IDLE), threading),
                mtuBytes,
                settings.get(TERM),
                windowBytes,
                socketBufferBytes,
                settings.get(LIVENESS).toNanos());
        return new NodeConfig(
                driver,
                externalDirectory(settings),
                driving(settings),
                settings.get(CommonOptions.SENDS),
                settings.get(CONNECT_TIMEOUT).toNanos());
    }

    static Node open(final Medium medium, final NodeConfig config, final Settings settings, final NodeContext context) {
        final Node node = AeronNode.open(medium, config, context);
        return config.driving() == Driving.OWN
                ? OwnDriving.start(
                        node, () -> {}, settings.get(CommonOptions.IDLE).newStrategy(), context)
                : node;
    }

    static Driving driving(final Settings settings) {
        return DrivingSupport.BOTH.forConnecting(settings.get(CommonOptions.DRIVING));
    }

    static Guarantees guarantees(final NodeConfig config) {
        final Guarantees all = Guarantees.connected(
                config.driver().maxMessageBytes(),
                config.driver().livenessNs(),
                Guarantee.RELIABLE,
                Guarantee.ORDERED,
                Guarantee.KEEPS_BOUNDARIES,
                Guarantee.CONNECTED,
                Guarantee.DUPLEX,
                Guarantee.FLOW_CONTROLLED,
                Guarantee.CROSSES_PROCESSES);
        return config.pushesSends() ? all : all.with(Guarantee.CONCURRENT_SEND);
    }

    static Availability availability(final Settings settings) {
        if (!Object.class.getModule().isOpen(OPENED_PACKAGE, UnsafeApi.class.getModule())) {
            return Availability.no(
                    "Agrona needs the JVM option --add-opens java.base/" + OPENED_PACKAGE + "=ALL-UNNAMED");
        }
        final Path external = externalDirectory(settings);
        if (external == null) {
            return DriverDirectories.availability();
        }
        return Files.isDirectory(external)
                ? Availability.yes()
                : Availability.no(
                        "option dir=" + external + ": there is no such directory, so no media driver runs there");
    }

    private static ThreadingMode threading(final Settings settings, final ThreadingMode defaultThreading) {
        return switch (settings.get(THREADING)) {
            case AUTO -> defaultThreading;
            case INVOKER -> ThreadingMode.INVOKER;
            case SHARED -> ThreadingMode.SHARED;
            case SHARED_NETWORK -> ThreadingMode.SHARED_NETWORK;
            case DEDICATED -> ThreadingMode.DEDICATED;
        };
    }

    private static Idle idle(final DriverIdle choice, final ThreadingMode threading) {
        return switch (choice) {
            case AUTO -> threading == ThreadingMode.DEDICATED ? Idle.SPIN : Idle.BACKOFF;
            case SPIN -> Idle.SPIN;
            case YIELD -> Idle.YIELD;
            case BACKOFF -> Idle.BACKOFF;
            case SLEEP -> Idle.SLEEP;
        };
    }

    private static @Nullable Path externalDirectory(final Settings settings) {
        final String directory = settings.get(DIR);
        return directory.isEmpty() ? null : Path.of(directory);
    }
}
