package io.fizeau.transports.aeron.driver;

import io.fizeau.core.transport.Availability;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;

/**
 * The directories of embedded drivers: one each, named after the process and a count, so that runs at the same time do not
 * meet; deleted when the driver closes or the process ends; and what killed processes left is swept away by the next.
 *
 * <p>Thread-safe.
 */
public final class DriverDirectories {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "fizeau-aeron-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d{1,9}");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();
    private static final Thread AT_EXIT =
            new Thread(() -> IN_USE.forEach(DriverDirectories::delete), "fizeau-aeron-exit");

    static {
        try {
            Runtime.getRuntime().addShutdownHook(AT_EXIT);
        } catch (final IllegalStateException e) {
            // The process is ending already: whoever opens a driver now closes it, or the next process sweeps.
            COUNT.set(0);
        }
    }

    private DriverDirectories() {}

    /**
     * Where directories are made: shared memory where there is some, else the directory for temporary files.
     *
     * @return an existing directory, or one that {@link #availability()} complains of.
     */
    public static Path parent() {
        return Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(IoUtil.tmpDirName());
    }

    /**
     * Whether a directory can be made.
     *
     * @return that it can, or why not.
     */
    public static Availability availability() {
        final Path parent = parent();
        return Files.isWritable(parent)
                ? Availability.yes()
                : Availability.no(
                        parent + " is not writable, and Aeron's buffers live there: allow this user to write to it,"
                                + " or give the directory of a running driver with the option dir");
    }

    /**
     * Where the embedded drivers of a process are, for whoever reads their counters.
     *
     * @param pid the process.
     * @return existing directories, those of this user's; empty if it has no driver.
     */
    public static List<Path> of(final long pid) {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent(), PREFIX + pid + "-*")) {
            directories.forEach(found::add);
        } catch (final IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return found;
    }

    /**
     * Sweeps what dead processes left, and reserves a new directory, which is not made yet.
     *
     * @return its path.
     */
    static Path reserve() {
        final Path parent = parent();
        sweep(parent);
        return reserve(parent.resolve(PREFIX + ProcessHandle.current().pid() + '-' + COUNT.incrementAndGet()));
    }

    /** Reserves a directory of a given name. */
    static Path reserve(final Path directory) {
        IN_USE.add(directory);
        return directory;
    }

    /** Deletes a directory that was reserved. */
    static void release(final Path directory) {
        delete(directory);
        IN_USE.remove(directory);
    }

    /** Deletes the directories of processes that are no more. */
    static void sweep(final Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + '*')) {
            for (final Path path : found) {
                final Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
                if (matcher.matches() && isDead(Long.parseLong(matcher.group(1)))) {
                    delete(path);
                }
            }
        } catch (final IOException e) {
            // A listing that fails costs nothing but memory of a dead process; making the directory will tell what is
            // wrong.
            return;
        }
    }

    private static boolean isDead(final long pid) {
        return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }

    private static void delete(final Path directory) {
        final File file = directory.toFile();
        // Mappings outlive the names of their files, so a thread that still works in them does no harm.
        IoUtil.delete(file, true);
    }
}
