package io.fizeau.bench.rounds;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * JMH's own lock, held for a whole run. JMH takes it anew for each fork, so that another JMH could start between two of ours and
 * fail the next one; so we take it once and tell JMH to leave it alone.
 */
public final class JmhLock {
    private static final String IGNORE = "jmh.ignoreLock";

    private JmhLock() {}

    /**
     * Does something while no other JMH runs, unless the user told JMH to ignore its lock. To be called before JMH's Runner is
     * loaded, which reads the property once.
     *
     * @param work what to do.
     * @param <T> what it gives.
     * @return what it gave.
     * @throws TransportException if another JMH holds the lock.
     */
    public static <T> T holding(final Supplier<T> work) {
        if (Boolean.getBoolean(IGNORE)) {
            return work.get();
        }
        final Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw TransportException.badRequest("another JMH is running (it holds " + file
                        + "): two measurements at a time disturb each other; wait for it to end");
            }
            if (!file.toFile().setWritable(true, false)) {
                // Not our file: whoever made it has made it writable for all, as JMH does too.
                assert lock.isValid();
            }
            System.setProperty(IGNORE, "true");
            return work.get();
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot take JMH's lock " + file + ": " + e.getMessage(), e);
        }
    }
}
