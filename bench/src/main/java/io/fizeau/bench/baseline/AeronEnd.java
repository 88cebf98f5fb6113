package io.fizeau.bench.baseline;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.protocol.DataHeaderFlyweight;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Idle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.IoUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * One process's end of Aeron: an embedded driver (over UDP at both ends, in shared memory at the server's), a client of it, a
 * stream in and a stream out. Nothing but the SHARED driver in shared memory has a thread. Used by one thread at a time.
 */
final class AeronEnd implements AutoCloseable {
    private static final int MTU_BYTES = 1408;
    private static final int ONE_WAY_MTU_BYTES = 8192;
    private static final int IPC_MTU_BYTES = 65_504;
    private static final int TERM_BYTES = 1 << 20;

    /** So long that the sender seldom waits for the driver, which has no core to itself, to move its limit. */
    private static final int IPC_ONE_WAY_TERM_BYTES = 16 << 20;

    private static final int WINDOW_BYTES = 128 << 10;
    private static final int SOCKET_BUFFER_BYTES = 200 << 10;

    /** Long, because between two iterations nobody invokes anything; a peer that dies is noticed in other ways. */
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long LINGER_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SET_UP_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final int TO_SERVER = 1001;
    private static final int TO_CLIENT = 1002;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String UDP = "aeron:udp?endpoint=";
    private static final String IPC = "aeron:ipc";
    private static final String DIRECTORY = "dir";

    private final boolean isUdp;
    private final boolean isServer;
    private final @Nullable MediaDriver driver;
    private final Aeron aeron;
    private final Subscription subscription;

    private AeronEnd(
            final LoopSettings settings,
            final boolean isServer,
            final @Nullable MediaDriver driver,
            final String directory) {
        this.isUdp = settings.loop() == Loop.AERON_UDP;
        this.isServer = isServer;
        this.driver = driver;
        this.aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory)
                .driverAgentInvoker(driver == null ? null : driver.sharedAgentInvoker())
                .useConductorAgentInvoker(true)
                // What a handler or the client throws ends the loop; else it would be printed, or end the process.
                .errorHandler(LangUtil::rethrowUnchecked)
                .subscriberErrorHandler(LangUtil::rethrowUnchecked)
                .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(SILENCE_NS)));
        this.subscription =
                aeron.addSubscription(isUdp ? UDP + HostPort.loopback().text() : IPC, isServer ? TO_SERVER : TO_CLIENT);
    }

    /** The longest message that travels in one fragment, which is all that the loops handle. */
    static int maxPayloadBytes(final Loop loop, final boolean isOneWay) {
        return mtuBytes(loop, isOneWay) - DataHeaderFlyweight.HEADER_LENGTH;
    }

    /** The server's end; its driver's thread, if it has one, comes from the factory. */
    static AeronEnd ofServer(final LoopSettings settings, final ThreadFactory threads) {
        return embedding(settings, true, threads);
    }

    /** The client's end over UDP. It exists before the server, which is told where it listens. */
    static AeronEnd ofUdpClient(final LoopSettings settings) {
        return embedding(settings, false, Thread::new);
    }

    /** The client's end in shared memory: it joins the server's driver. */
    static AeronEnd ofIpcClient(final LoopSettings settings, final Address server) {
        final String directory = ChannelUri.parse(((Channel) server).uri()).get(DIRECTORY);
        return new AeronEnd(settings, false, null, directory);
    }

    private static AeronEnd embedding(
            final LoopSettings settings, final boolean isServer, final ThreadFactory threads) {
        final MediaDriver driver = MediaDriver.launch(describe(settings, threads));
        try {
            return new AeronEnd(settings, isServer, driver, driver.aeronDirectoryName());
        } catch (final RuntimeException | Error e) {
            driver.close();
            throw e;
        }
    }

    /** Where the peer publishes to. */
    Address address() {
        if (!isUdp) {
            return new Channel(IPC + '?' + DIRECTORY + '=' + aeron.context().aeronDirectoryName(), TO_SERVER);
        }
        String endpoint = subscription.resolvedEndpoint();
        while (endpoint == null) {
            duty();
            endpoint = subscription.resolvedEndpoint();
        }
        return HostPort.parse(endpoint);
    }

    /** Publishes to the peer and waits for it; null if it does not come while it is waited for. */
    @Nullable
    AeronStreams connect(final Address peer, final BooleanSupplier isWaiting) {
        final ExclusivePublication publication =
                aeron.addExclusivePublication(isUdp ? UDP + peer.text() : IPC, isServer ? TO_CLIENT : TO_SERVER);
        while (!publication.isConnected() || subscription.hasNoImages()) {
            if (!isWaiting.getAsBoolean()) {
                return null;
            }
            duty();
            LockSupport.parkNanos(SET_UP_PARK_NS);
        }
        return new AeronStreams(publication, subscription.imageAtIndex(0), driverDuty(), aeron.conductorAgentInvoker());
    }

    @Override
    public void close() {
        aeron.close();
        if (driver != null) {
            driver.close();
        }
    }

    private void duty() {
        final AgentInvoker driverDuty = driverDuty();
        if (driverDuty != null) {
            driverDuty.invoke();
        }
        aeron.conductorAgentInvoker().invoke();
    }

    private @Nullable AgentInvoker driverDuty() {
        return driver == null ? null : driver.sharedAgentInvoker();
    }

    private static MediaDriver.Context describe(final LoopSettings settings, final ThreadFactory threads) {
        final int mtuBytes = mtuBytes(settings.loop(), settings.isOneWay());
        // The driver in shared memory moves no message; one way it has to be quick to move the sender's limit.
        final Idle idle = settings.isOneWay() ? Idle.YIELD : Idle.BACKOFF;
        return new MediaDriver.Context()
                .aeronDirectoryName(directory().toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(settings.loop() == Loop.AERON_UDP ? ThreadingMode.INVOKER : ThreadingMode.SHARED)
                .asyncExecutorEnabled(false)
                .sharedThreadFactory(threads)
                .sharedIdleStrategy(idle.newStrategy())
                .termBufferSparseFile(false)
                .mtuLength(mtuBytes)
                .ipcMtuLength(mtuBytes)
                .publicationTermBufferLength(TERM_BYTES)
                .ipcTermBufferLength(settings.isOneWay() ? IPC_ONE_WAY_TERM_BYTES : TERM_BYTES)
                .initialWindowLength(WINDOW_BYTES)
                .socketRcvbufLength(SOCKET_BUFFER_BYTES)
                .socketSndbufLength(SOCKET_BUFFER_BYTES)
                .imageLivenessTimeoutNs(SILENCE_NS)
                .publicationConnectionTimeoutNs(SILENCE_NS)
                .clientLivenessTimeoutNs(SILENCE_NS)
                .publicationUnblockTimeoutNs(2 * SILENCE_NS)
                .publicationLingerTimeoutNs(LINGER_NS);
    }

    private static int mtuBytes(final Loop loop, final boolean isOneWay) {
        if (loop == Loop.AERON_IPC) {
            return IPC_MTU_BYTES;
        }
        return isOneWay ? ONE_WAY_MTU_BYTES : MTU_BYTES;
    }

    /** Named as those of the transports are, which sweep away what killed processes have left; they count from 1. */
    private static Path directory() {
        final Path parent = Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(IoUtil.tmpDirName());
        return parent.resolve("fizeau-aeron-" + ProcessHandle.current().pid() + "-0");
    }
}
