package io.fizeau.transports.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/** A media driver that somebody else runs: its settings are its own, and it outlives the nodes that use it. */
final class ExternalDriver implements AutoCloseable {
    private static final int COUNTER_VALUES_BYTES = 1 << 20;

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final MediaDriver driver;

    ExternalDriver() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(Path.of(IoUtil.tmpDirName(), "external-driver-" + System.nanoTime())
                        .toString())
                .errorHandler(errors::add)
                .threadingMode(ThreadingMode.SHARED)
                .counterValuesBufferLength(COUNTER_VALUES_BYTES)
                // A thread of a client may have to wait for a processor for so long, and is not dead.
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(3))
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(3))
                .publicationConnectionTimeoutNs(TimeUnit.SECONDS.toNanos(3))
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(50))
                // A port is let go after ten of these.
                .statusMessageTimeoutNs(TimeUnit.MILLISECONDS.toNanos(10))
                .dirDeleteOnShutdown(true));
    }

    String directory() {
        return driver.aeronDirectoryName();
    }

    Queue<Throwable> errors() {
        return errors;
    }

    @Override
    public void close() {
        driver.close();
    }
}
