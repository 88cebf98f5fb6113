package io.fizeau.bench.rounds;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run end well when the process is told to end. A signal starts the JVM's shutdown, in which the running thread goes on: the
 * hook asks it to stop, ends the children so that it need not wait for them, and holds the process until the run has put its
 * files in order or a time-out has passed. Thread-safe.
 */
public final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Thread hook = new Thread(this::onShutdown, "fizeau-interruption");
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean isRequested;
    /** Written by the thread that runs, read by the hook. */
    private volatile @Nullable Thread interruptible;

    /** Installs it for this process. */
    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether the process was told to end.
     *
     * @return true from then on.
     */
    public boolean isRequested() {
        return isRequested;
    }

    /**
     * Does something that has no files of the run's to put in order: the process does not wait for its end.
     *
     * @param work what to do.
     * @param <T> what it gives.
     * @return what it gave.
     */
    public <T> T interruptibly(final Supplier<T> work) {
        interruptible = Thread.currentThread();
        try {
            return work.get();
        } finally {
            interruptible = null;
            Thread.interrupted();
        }
    }

    /** The run is over: lets the process end, or removes the hook. */
    @Override
    public void close() {
        finished.countDown();
        if (!isRequested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (final IllegalStateException ignored) {
                // The shutdown has just begun; the latch lets it pass.
            }
        }
    }

    private void onShutdown() {
        if (finished.getCount() == 0) {
            return;
        }
        isRequested = true;
        final Thread thread = interruptible;
        Children.end();
        if (thread != null) {
            // Whatever it has open is freed by hooks such as this one, and the sooner it stops the less it opens anew.
            thread.interrupt();
            return;
        }
        try {
            if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Children.end();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
