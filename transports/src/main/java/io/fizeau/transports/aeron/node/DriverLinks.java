package io.fizeau.transports.aeron.node;

import io.aeron.CommonContext;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.aeron.channel.Medium;
import io.fizeau.transports.aeron.channel.Target;
import io.fizeau.transports.aeron.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * The media drivers that a node talks to: over UDP one, embedded or external; in shared memory its own once it listens, and that
 * of each listener it connects to.
 *
 * <p>Used by the polling thread only.
 */
final class DriverLinks {
    private static final long THREADED_DRIVER_PARK_NS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Medium medium;
    private final NodeConfig config;
    private final NodeContext context;
    private final List<DriverLink> links = new ArrayList<>();
    private @Nullable DriverLink own;
    private @Nullable AgentInvoker driverInvoker;

    DriverLinks(final Medium medium, final NodeConfig config, final NodeContext context) {
        this.medium = medium;
        this.config = config;
        this.context = context;
    }

    /** Starts or joins the driver that the node needs in any case. */
    void openFirst() {
        final Path external = config.externalDirectory();
        if (external != null) {
            own = join(external);
        } else if (!medium.joinsDriverOfListener()) {
            own = embed(null);
        }
    }

    /** What runs the embedded driver, or null if there is none or it has threads. */
    @Nullable
    AgentInvoker driverInvoker() {
        return driverInvoker;
    }

    /** The driver at which to listen: the one that the address names, else the node's own, started if need be. */
    DriverLink forListening(final Target target) {
        final Path named = target.directory();
        if (named == null || (own != null && named.equals(own.directory()))) {
            if (own == null) {
                own = embed(null);
            }
            return own;
        }
        if (isRunning(named)) {
            return found(named);
        }
        if (own != null && own.isEmbedded()) {
            throw TransportException.badRequest("address " + target.address().text() + ": no media driver runs in "
                    + named + ", and this node already runs one in " + own.directory());
        }
        // The directory of a listener that has ended: peers know this address, so the new driver takes its place.
        final DriverLink made = embed(named);
        own = made;
        return made;
    }

    /** The driver by which a target is reached; null if none runs there. */
    @Nullable
    DriverLink forConnecting(final Target target) {
        final Path named = target.directory();
        if (named == null) {
            return own;
        }
        for (final DriverLink link : links) {
            if (link.directory().equals(named) && !link.isClosed()) {
                return link;
            }
        }
        return isRunning(named) ? join(named) : null;
    }

    int service() {
        int work = 0;
        for (final DriverLink link : links) {
            work += link.service();
        }
        return work;
    }

    /** One cycle of the embedded driver, for a node that closes. */
    int cycle() {
        final AgentInvoker invoker = driverInvoker;
        if (invoker != null) {
            return invoker.invoke();
        }
        if (own != null && own.isEmbedded() && !medium.joinsDriverOfListener()) {
            LockSupport.parkNanos(THREADED_DRIVER_PARK_NS);
        }
        return 0;
    }

    /** Forgets drivers that are gone. */
    void dropClosed() {
        for (int i = links.size() - 1; i >= 0; i--) {
            final DriverLink link = links.get(i);
            if (link.isClosed() && link != own) {
                links.remove(i);
                link.close();
            }
        }
    }

    void close() {
        driverInvoker = null;
        for (int i = links.size() - 1; i >= 0; i--) {
            try {
                links.get(i).close();
            } catch (final RuntimeException e) {
                context.errors().onError(e);
            }
        }
        links.clear();
    }

    private DriverLink found(final Path directory) {
        for (final DriverLink link : links) {
            if (link.directory().equals(directory) && !link.isClosed()) {
                return link;
            }
        }
        return join(directory);
    }

    private DriverLink join(final Path directory) {
        final DriverLink link = DriverLink.toRunning(
                directory, config.driver(), context, !directory.equals(config.externalDirectory()));
        links.add(link);
        return link;
    }

    private DriverLink embed(final @Nullable Path directory) {
        final DriverLink link = DriverLink.toEmbedded(
                EmbeddedDriver.launch(config.driver(), directory, context), config.driver(), context);
        links.add(link);
        driverInvoker = link.driverInvoker();
        return link;
    }

    private boolean isRunning(final Path directory) {
        try {
            return CommonContext.isDriverActive(
                    directory.toFile(),
                    TimeUnit.NANOSECONDS.toMillis(config.driver().silenceNs()),
                    message -> {});
        } catch (final RuntimeException e) {
            // A control file of another version, or of a driver that died while it started.
            return false;
        }
    }
}
