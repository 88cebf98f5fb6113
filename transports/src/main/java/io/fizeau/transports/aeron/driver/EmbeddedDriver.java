package io.fizeau.transports.aeron.driver;

import io.aeron.driver.MediaDriver;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.NodeContext;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/**
 * A media driver in this process, in a directory of its own.
 *
 * <p>{@link #invoker()} is used by one thread at a time; closing while it is in use is the caller's to prevent.
 */
public final class EmbeddedDriver implements AutoCloseable {
    /** Room for some 8 000 counters; Aeron's default takes 40 MiB for 65 000, of a /dev/shm that is often 64 MiB. */
    private static final int COUNTER_VALUES_BYTES = 1024 * 1024;

    /** Control file and loss report with these counters, a little more than it is. */
    private static final long FIXED_BYTES = 13L * 1024 * 1024;

    private static final long LINGER_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final MediaDriver driver;
    private final Path directory;

    private EmbeddedDriver(final MediaDriver driver, final Path directory) {
        this.driver = driver;
        this.directory = directory;
    }

    /**
     * Starts a driver.
     *
     * @param config its configuration.
     * @param wanted the directory to use, which no other driver may be using, or null for a new one.
     * @param context makes its threads and is told of its errors.
     * @return the driver, which the caller closes.
     * @throws TransportException if there is no room for it, or Aeron refuses the configuration.
     */
    public static EmbeddedDriver launch(
            final DriverConfig config, final @Nullable Path wanted, final NodeContext context) {
        final Path directory = wanted == null ? DriverDirectories.reserve() : DriverDirectories.reserve(wanted);
        try {
            if (Room.usableBytes(directory) < FIXED_BYTES) {
                throw Room.missing(directory, FIXED_BYTES, "no option", null);
            }
            checkSocketBuffer(config.socketBufferBytes());
            return new EmbeddedDriver(MediaDriver.launch(describe(config, directory, context)), directory);
        } catch (final TransportException e) {
            DriverDirectories.release(directory);
            throw e;
        } catch (final RuntimeException e) {
            DriverDirectories.release(directory);
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "Aeron's media driver does not start in " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Where its clients find it.
     *
     * @return its directory.
     */
    public Path directory() {
        return directory;
    }

    /**
     * What runs one duty cycle of it.
     *
     * @return the invoker, or null if it has threads.
     */
    public @Nullable AgentInvoker invoker() {
        return driver.sharedAgentInvoker();
    }

    @Override
    public void close() {
        try {
            driver.close();
        } finally {
            DriverDirectories.release(directory);
        }
    }

    /** Aeron would print a warning and go on with less, and then refuse the window. */
    private static void checkSocketBuffer(final int wantedBytes) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, wantedBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, wantedBytes);
            final int grantedBytes = Math.min(
                    channel.getOption(StandardSocketOptions.SO_RCVBUF),
                    channel.getOption(StandardSocketOptions.SO_SNDBUF));
            if (grantedBytes < wantedBytes) {
                throw TransportException.badRequest("option socketBuffer=" + wantedBytes
                        + " is not allowed: this host grants " + grantedBytes
                        + " bytes; lower socketBuffer and window, or raise net.core.rmem_max and net.core.wmem_max");
            }
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "no datagram socket can be opened: " + e.getMessage(), e);
        }
    }

    private static MediaDriver.Context describe(
            final DriverConfig config, final Path directory, final NodeContext context) {
        final Idle idle = config.idle();
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .warnIfDirectoryExists(false)
                .dirDeleteOnStart(true)
                .printConfigurationOnStart(false)
                .errorHandler(new DriverErrors(context.errors(), directory, config))
                .threadingMode(config.threading())
                // Without this Aeron starts a thread for looking up host names, which an INVOKER driver must not have.
                .asyncExecutorEnabled(false)
                .conductorThreadFactory(context.threads())
                .senderThreadFactory(context.threads())
                .receiverThreadFactory(context.threads())
                .sharedThreadFactory(context.threads())
                .sharedNetworkThreadFactory(context.threads())
                .sharedIdleStrategy(idle.newStrategy())
                .sharedNetworkIdleStrategy(idle.newStrategy())
                .senderIdleStrategy(idle.newStrategy())
                .receiverIdleStrategy(idle.newStrategy())
                // The conductor of a DEDICATED driver moves no message: it need not burn a core.
                .conductorIdleStrategy((idle == Idle.SPIN ? Idle.BACKOFF : idle).newStrategy())
                .counterValuesBufferLength(COUNTER_VALUES_BYTES)
                .performStorageChecks(true)
                .lowStorageWarningThreshold(0)
                .termBufferSparseFile(false)
                .mtuLength(config.mtuBytes())
                .ipcMtuLength(config.mtuBytes())
                .publicationTermBufferLength(config.termBytes())
                .ipcTermBufferLength(config.termBytes())
                .initialWindowLength(config.windowBytes())
                .socketRcvbufLength(config.socketBufferBytes())
                .socketSndbufLength(config.socketBufferBytes())
                .timerIntervalNs(config.timerIntervalNs())
                .imageLivenessTimeoutNs(config.silenceNs())
                .publicationConnectionTimeoutNs(config.silenceNs())
                .clientLivenessTimeoutNs(config.silenceNs())
                .publicationUnblockTimeoutNs(2 * config.silenceNs())
                .publicationLingerTimeoutNs(Math.min(LINGER_NS, config.silenceNs()));
    }
}
