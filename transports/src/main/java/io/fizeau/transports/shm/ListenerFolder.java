package io.fizeau.transports.shm;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.error.TransportException.NextStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A folder at a listener's address that is its user's alone: in it the listener's own file, with a bell that a connecting end rings,
 * and the files of the connections that wait to be accepted. It comes and goes as a whole, by a change of its name.
 *
 * <p>{@link #requests()} is for one thread at a time; {@link #close()} for any.
 */
final class ListenerFolder {
    /** The end of the names of what waits. */
    static final String REQUEST = ".connection";

    private static final String LISTENER = "listener";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LocalPath address;
    private final Path path;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer file;
    private final Use reading = new Use();
    private long heard;
    private volatile boolean isClosed; // by whoever closes
    private boolean isUnmapped; // under this folder's monitor

    private ListenerFolder(final LocalPath address, final MappedByteBuffer mapping) {
        this.address = address;
        this.path = Path.of(address.path());
        this.mapping = mapping;
        this.file = new UnsafeBuffer(mapping);
    }

    /**
     * Makes one.
     *
     * @param address where; what a dead listener of this user left there is removed.
     * @param maxMessageBytes the longest message.
     * @param self this process.
     * @return the folder, in which requests can be made.
     * @throws TransportException if something else is there, or it cannot be made.
     */
    static ListenerFolder create(final LocalPath address, final int maxMessageBytes, final ProcessIdentity self) {
        final Path path = Path.of(address.path());
        final Path fresh = besides(path, "new");
        try {
            Files.createDirectory(
                    fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            final MappedByteBuffer mapping = listenerFile(fresh.resolve(LISTENER), maxMessageBytes, self);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeLeftover(address, path, self);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            final ListenerFolder folder = new ListenerFolder(address, mapping);
            SharedMemory.opened(folder);
            return folder;
        } catch (final FileSystemException e) {
            delete(fresh);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw taken(address); // another listener was faster
            }
            throw new TransportException(
                    NextStep.STOP,
                    "cannot listen at " + address.text() + ": " + e
                            + "; choose a path in a folder that this user may write to",
                    e);
        } catch (final IOException e) {
            delete(fresh);
            throw new TransportException(NextStep.FAIL_RUN, "cannot listen at " + address.text() + ": " + e, e);
        } catch (final RuntimeException e) {
            delete(fresh);
            throw e;
        }
    }

    private static MappedByteBuffer listenerFile(final Path path, final int maxMessageBytes, final ProcessIdentity self)
            throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            final ByteBuffer page = ByteBuffer.allocateDirect(Layout.HEADER_BYTES);
            page.put(Layout.header(Layout.LISTENER_MAGIC, maxMessageBytes, self))
                    .clear();
            while (page.hasRemaining()) {
                channel.write(page, page.position());
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Layout.HEADER_BYTES);
        }
    }

    /** Removes what a dead listener left; refuses what it is not sure of. */
    private static void removeLeftover(final LocalPath address, final Path path, final ProcessIdentity self)
            throws IOException {
        final Header found;
        try {
            found = read(path);
        } catch (final IOException e) {
            throw new TransportException(
                    NextStep.STOP,
                    "address " + address.text() + " is in the way: " + e.getMessage()
                            + "; remove it, or choose another path",
                    e);
        }
        if (ProcessWatch.isAlive(found.maker(), self)) {
            throw taken(address);
        }
        // Its name first: of two that find it, one gets it.
        final Path gone = besides(path, "gone");
        Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }

    /**
     * Reads what a listener says.
     *
     * @param path its address.
     * @return the listener's header.
     * @throws NoSuchFileException if nothing is there.
     * @throws IOException if what is there is no listener of this user; the message says what it is.
     */
    static Header read(final Path path) throws IOException {
        Header.requireOwn(path);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no folder of a listener");
        }
        try (FileChannel channel =
                FileChannel.open(path.resolve(LISTENER), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return Header.read(channel, Layout.LISTENER_MAGIC);
        } catch (final NoSuchFileException e) {
            throw new IOException("it is a folder that no listener has made", e);
        }
    }

    /**
     * A name for a connection that is being made.
     *
     * @param path the listener's address.
     * @param self this process.
     * @return a name in its folder that nobody has, and that a listener does not take for a request.
     */
    static Path newRequest(final Path path, final ProcessIdentity self) {
        return path.resolve(self.pid() + "-" + COUNT.incrementAndGet());
    }

    /**
     * Makes a file a request, and rings.
     *
     * @param path the listener's address.
     * @param made the file, complete.
     * @return its name from now on.
     * @throws IOException if the listener is gone; the file is, too.
     */
    static Path request(final Path path, final Path made) throws IOException {
        final Path request = made.resolveSibling(made.getFileName() + REQUEST);
        try {
            Files.move(made, request, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(
                    path.resolve(LISTENER), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                // Any value that is not the last one. Of two at once one may be lost: the look that the other brings
                // about comes
                // later than both requests.
                final ByteBuffer ring = ByteBuffer.allocate(Long.BYTES).putLong(0, System.nanoTime());
                channel.write(ring, Layout.BELL_AT);
            }
            return request;
        } catch (final IOException e) {
            Files.deleteIfExists(made);
            Files.deleteIfExists(request);
            throw e;
        }
    }

    LocalPath address() {
        return address;
    }

    /** Whether the bell has rung since the last call. A page that is not written to costs as much as one of the own memory. */
    boolean hasRung() {
        reading.enter();
        try {
            if (isClosed) {
                return false;
            }
            final long now = file.getLongVolatile(Layout.BELL_AT);
            final boolean hasRung = now != heard;
            heard = now;
            return hasRung;
        } finally {
            reading.leave();
        }
    }

    /**
     * What waits.
     *
     * @return the files of connections.
     * @throws IOException if the folder cannot be read.
     */
    List<Path> requests() throws IOException {
        return isClosed ? List.of() : requestsIn(path);
    }

    private static List<Path> requestsIn(final Path folder) throws IOException {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, '*' + REQUEST)) {
            files.forEach(found::add);
        }
        return found;
    }

    /** Takes the folder away, and tells those who wait in it that nobody is there any more. */
    void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        SharedMemory.closed(this);
        // First its name, so that nobody comes in any more.
        final Path gone = besides(path, "gone");
        try {
            Files.move(path, gone, StandardCopyOption.ATOMIC_MOVE);
            for (final Path request : requestsIn(gone)) {
                try (FileChannel channel = ConnectionFile.open(request)) {
                    ConnectionFile.refuse(channel);
                }
            }
        } catch (final IOException e) {
            // Somebody of this user's has removed it already: those who wait find out by their time-out.
            heard = 0;
        } finally {
            delete(gone);
        }
        tryUnmap();
    }

    /** Unmaps the listener's file after the close, unless another thread is just looking at the bell. */
    synchronized boolean tryUnmap() {
        if (isClosed && !isUnmapped && !reading.isOn()) {
            isUnmapped = true;
            IoUtil.unmap(mapping);
        }
        return isUnmapped;
    }

    static void delete(final Path folder) {
        IoUtil.delete(folder.toFile(), true);
    }

    private static Path besides(final Path path, final String what) {
        return path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + '-' + COUNT.incrementAndGet() + '.' + what);
    }

    private static TransportException taken(final LocalPath address) {
        return new TransportException(NextStep.RETRY, "address " + address.text() + " is taken: choose another path");
    }
}
