package io.fizeau.transports.aeron.node;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import io.aeron.exceptions.StorageSpaceException;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.aeron.channel.Medium;
import io.fizeau.transports.aeron.channel.Target;
import io.fizeau.transports.aeron.driver.DriverConfig;
import io.fizeau.transports.aeron.driver.DriverErrors;
import io.fizeau.transports.aeron.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * A node's client of one media driver, embedded or running elsewhere, and the subscriptions for ways back that the node's
 * connections share there.
 *
 * <p>Used by the polling thread only.
 */
final class DriverLink {
    /** A subscription for ways back. */
    record WayBack(Subscription subscription, int port, int streamId) {}

    private static final long AWAIT_MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long AWAIT_MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int UDP_WAY_BACK_STREAM = 1002;
    private static final int KEEP_ALIVES_PER_SILENCE = 8;

    private final Path directory;
    private final @Nullable EmbeddedDriver driver;
    private final @Nullable AgentInvoker driverInvoker;
    private final DriverConfig config;
    private final boolean isPeers;
    private final DriverErrors errors;
    private final Aeron aeron;
    private final AgentInvoker conductor;
    private final Map<String, WayBack> waysBack = new HashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    private DriverLink(
            final Path directory,
            final @Nullable EmbeddedDriver driver,
            final DriverConfig config,
            final NodeContext context,
            final boolean isPeers) {
        this.isPeers = isPeers;
        this.directory = directory;
        this.driver = driver;
        this.driverInvoker = driver == null ? null : driver.invoker();
        this.config = config;
        this.errors = new DriverErrors(context.errors(), directory, config);
        this.aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.toString())
                .clientName(context.name())
                .useConductorAgentInvoker(true)
                .driverAgentInvoker(driverInvoker)
                .awaitingIdleStrategy(new BackoffIdleStrategy(10, 10, AWAIT_MIN_PARK_NS, AWAIT_MAX_PARK_NS))
                .errorHandler(this::onError)
                .subscriberErrorHandler(errors)
                .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(config.silenceNs()))
                .keepAliveIntervalNs(config.silenceNs() / KEEP_ALIVES_PER_SILENCE));
        this.conductor = aeron.conductorAgentInvoker();
    }

    /** Joins an embedded driver, which is closed with the link. */
    static DriverLink toEmbedded(final EmbeddedDriver driver, final DriverConfig config, final NodeContext context) {
        try {
            return new DriverLink(driver.directory(), driver, config, context, false);
        } catch (final RuntimeException e) {
            driver.close();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "Aeron's client does not reach the embedded driver in " + driver.directory() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Joins a driver that runs elsewhere, maybe in the node of a peer. */
    static DriverLink toRunning(
            final Path directory, final DriverConfig config, final NodeContext context, final boolean isPeers) {
        try {
            return new DriverLink(directory, null, config, context, isPeers);
        } catch (final RuntimeException e) {
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "Aeron's client does not reach a media driver in " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    Path directory() {
        return directory;
    }

    Aeron aeron() {
        return aeron;
    }

    DriverErrors errors() {
        return errors;
    }

    @Nullable
    AgentInvoker driverInvoker() {
        return driverInvoker;
    }

    boolean isEmbedded() {
        return driver != null;
    }

    /** Whether the driver is gone, or has given us up. */
    boolean isClosed() {
        return aeron.isClosed();
    }

    /** Does what the client has to do: new images, keep-alives, time-outs. */
    int service() {
        return conductor.invoke();
    }

    /** One cycle of driver and client, for set-up code that waits. */
    void cycle() {
        if (driverInvoker != null) {
            driverInvoker.invoke();
        }
        conductor.invoke();
    }

    /** The sizes a publication's channel is given, so that an external driver's defaults do not matter. */
    String publicationChannel(final String channel) {
        return with(
                channel,
                "term-length=" + config.termBytes() + "|mtu=" + config.mtuBytes()
                        + (isUdp(channel) ? "|so-sndbuf=" + config.socketBufferBytes() : ""));
    }

    /** The sizes a subscription's channel is given. */
    String subscriptionChannel(final String channel) {
        return isUdp(channel)
                ? with(channel, "rcv-wnd=" + config.windowBytes() + "|so-rcvbuf=" + config.socketBufferBytes())
                : channel;
    }

    /** The subscription by which a connection to a target gets its way back. */
    WayBack wayBack(final Medium medium, final Target target, final Consumer<Image> onImage, final Runnable onLoss) {
        final String channel = medium.wayBack(target);
        WayBack found = waysBack.get(channel);
        if (found == null) {
            // In shared memory all clients of a driver share one channel, so the stream is one that no other client
            // has.
            final int streamId =
                    isUdp(channel) ? UDP_WAY_BACK_STREAM : (int) aeron.nextCorrelationId() | Integer.MIN_VALUE;
            final Subscription subscription = subscribe(channel, streamId, onImage, onLoss);
            final int port = isUdp(channel) ? portOf(Endpoints.awaitBound(this, subscription)) : 0;
            found = new WayBack(subscription, port, streamId);
            waysBack.put(channel, found);
        }
        return found;
    }

    Subscription subscribe(
            final String channel, final int streamId, final Consumer<Image> onImage, final Runnable onLoss) {
        final Subscription subscription =
                aeron.addSubscription(subscriptionChannel(channel), streamId, onImage::accept, image -> onLoss.run());
        subscriptions.add(subscription);
        return subscription;
    }

    /** Says in the user's terms what Aeron refuses. */
    TransportException explain(final String what, final RuntimeException e) {
        if (e instanceof TransportException known) {
            return known;
        }
        final String said = String.valueOf(e.getMessage());
        if (e instanceof StorageSpaceException || said.contains("insufficient usable storage")) {
            return errors.noRoom(e);
        }
        if (said.contains("Address already in use")) {
            return new TransportException(TransportException.NextStep.RETRY, what + ": the port is taken", e);
        }
        if (said.contains("Cannot assign requested address")) {
            return new TransportException(
                    TransportException.NextStep.STOP, what + ": the address is not one of this host", e);
        }
        return new TransportException(
                e instanceof AeronException ? TransportException.NextStep.RETRY : TransportException.NextStep.FAIL_RUN,
                what + ": " + said,
                e);
    }

    void close() {
        try {
            if (driver == null && !aeron.isClosed()) {
                awaitReleased();
            }
            aeron.close();
        } finally {
            if (driver != null) {
                driver.close();
            }
        }
    }

    /**
     * An embedded driver ends with the node; another one goes on, and lets a port go only after the streams that came in by it
     * have lingered. So that nothing is left when the node is closed, that is waited for.
     */
    private void awaitReleased() {
        final IntHashSet statusIds = new IntHashSet();
        for (final Subscription subscription : subscriptions) {
            statusIds.add(subscription.channelStatusId());
            subscription.close();
        }
        final long startNs = System.nanoTime();
        try {
            while (!aeron.isClosed() && System.nanoTime() - startNs < config.silenceNs() && isHeld(statusIds)) {
                service();
                LockSupport.parkNanos(AWAIT_MAX_PARK_NS);
            }
        } catch (final AeronException e) {
            // The client found its driver gone. Nothing is held any more, and the connections were told.
            statusIds.clear();
        }
    }

    private boolean isHeld(final IntHashSet statusIds) {
        final CountersReader counters = aeron.countersReader();
        statusIds.removeIf(id -> id < 0 || counters.getCounterState(id) != CountersReader.RECORD_ALLOCATED);
        return !statusIds.isEmpty() || aeron.hasActiveCommands();
    }

    // That a peer's driver has ended is no error of this end: its connections close, and say so.
    private void onError(final Throwable error) {
        if (!isPeers || !(error instanceof DriverTimeoutException)) {
            errors.onError(error);
        }
    }

    private static int portOf(final String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    private static boolean isUdp(final String channel) {
        return channel.startsWith("aeron:udp");
    }

    private static String with(final String channel, final String parameters) {
        return channel + (channel.indexOf('?') < 0 ? '?' : '|') + parameters;
    }
}
