package io.fizeau.transports.shm;

import io.fizeau.core.transport.Availability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file system without a disk, and who keeps it clean: folders go with their listeners, with the process that ends in order, and what
 * killed processes left is swept by the next. Thread-safe.
 */
final class SharedMemory {
    private static final Path PLACE = Path.of("/dev/shm");
    private static final String PREFIX = "fizeau-shm-";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Set<ListenerFolder> OPEN = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> OPEN.forEach(ListenerFolder::close), "fizeau-shm-exit"));
        } catch (final IllegalStateException e) {
            // The process is ending already: whoever listens now closes it, or the next process sweeps.
            COUNT.set(0);
        }
    }

    private SharedMemory() {}

    /** Whether it is there, and the kernel tells about processes. */
    static Availability availability() {
        if (!Files.isWritable(PLACE)) {
            return Availability.no(
                    PLACE + " is not there or not writable: mount a tmpfs there (Linux has one by itself)");
        }
        try {
            ProcessIdentity.self();
            SealedMemory.create(Layout.PAGE_BYTES).close();
            return Availability.yes();
        } catch (final LinkageError e) {
            return Availability.no("the C library's memfd_create cannot be called, by which memory is shared: use Linux"
                    + " with glibc 2.27 or later, and Java with --enable-native-access=ALL-UNNAMED (" + e + ")");
        } catch (final IOException e) {
            return Availability.no(
                    "/proc does not tell about processes, by which the death of a peer is noticed: mount it (" + e
                            + ")");
        }
    }

    /** A path that nothing has. */
    static Path newPath() {
        return PLACE.resolve(PREFIX + ProcessHandle.current().pid() + '-' + COUNT.incrementAndGet());
    }

    static void opened(final ListenerFolder folder) {
        OPEN.add(folder);
    }

    static void closed(final ListenerFolder folder) {
        OPEN.remove(folder);
    }

    /**
     * Removes the folders of dead listeners, those at addresses that {@link #newPath()} made.
     *
     * @param self this process.
     */
    static void sweep(final ProcessIdentity self) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(PLACE, PREFIX + '*')) {
            for (final Path folder : found) {
                remove(folder, self);
            }
        } catch (final IOException e) {
            // A listing that fails costs nothing but memory of a dead process; listening will tell what is wrong.
            return;
        }
    }

    private static void remove(final Path folder, final ProcessIdentity self) {
        try {
            if (!ProcessWatch.isAlive(ListenerFolder.read(folder).maker(), self)) {
                Leftover.remove(folder, self);
            }
        } catch (final IOException e) {
            // Another user's, or another process was faster.
            return;
        }
    }
}
