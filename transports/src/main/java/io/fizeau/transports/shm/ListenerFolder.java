package io.fizeau.transports.shm;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.error.TransportException.NextStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
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
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-\\d{1,9}(\\.connection)?");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LocalPath address;
    private final Path path;
    private final Offer offer;
    private final SealedMemory memory;
    private final MappedByteBuffer page;
    private final UnsafeBuffer bell;
    private final Use reading = new Use();
    private long heard;
    private volatile boolean isClosed; // by whoever closes
    private boolean isFreed; // under this folder's monitor

    private ListenerFolder(final LocalPath address, final Offer offer, final SealedMemory memory) throws IOException {
        this.address = address;
        this.offer = offer;
        this.path = Path.of(address.path());
        this.memory = memory;
        this.page = memory.map();
        this.bell = new UnsafeBuffer(page);
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
        SealedMemory memory = null;
        try {
            Files.createDirectory(
                    fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            memory = SealedMemory.create(Layout.PAGE_BYTES);
            final Offer offer = new Offer(Offer.Kind.LISTENER, maxMessageBytes, self, memory.descriptor());
            offer.write(fresh.resolve(LISTENER));
            final ListenerFolder folder = new ListenerFolder(address, offer, memory);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeLeftover(address, path, self);
            }
            appear(fresh, path, address);
            SharedMemory.opened(folder);
            return folder;
        } catch (final IOException | RuntimeException e) {
            CloseHelper.quietClose(memory);
            delete(fresh);
            throw e instanceof IOException failure ? cannotListen(address, failure) : (RuntimeException) e;
        }
    }

    private static void appear(final Path fresh, final Path path, final LocalPath address) throws IOException {
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileSystemException e) {
            // The JDK has no exception of its own for a name that another folder has.
            if (Files.exists(path.resolve(LISTENER))) {
                throw taken(address);
            }
            throw e;
        }
    }

    private static TransportException cannotListen(final LocalPath address, final IOException cause) {
        final boolean isOfPath = cause instanceof FileSystemException;
        return new TransportException(
                isOfPath ? NextStep.STOP : NextStep.FAIL_RUN,
                "cannot listen at " + address.text() + ": " + cause
                        + (isOfPath ? "; choose a path in a folder that this user may write to" : ""),
                cause);
    }

    /** Removes what a dead listener left; refuses what it is not sure of. */
    private static void removeLeftover(final LocalPath address, final Path path, final ProcessIdentity self)
            throws IOException {
        final Offer found;
        try {
            found = read(path);
        } catch (final NoSuchFileException e) {
            return; // another one was faster to remove it
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
        if (!Leftover.remove(path, self)) {
            throw taken(address);
        }
    }

    /**
     * Reads what a listener says.
     *
     * @param path its address.
     * @return what it offers.
     * @throws NoSuchFileException if nothing is there.
     * @throws IOException if what is there is no listener of this user; the message says what it is.
     */
    static Offer read(final Path path) throws IOException {
        Offer.requireOwn(path, true);
        final Path file = path.resolve(LISTENER);
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            Offer.requireOwn(path, true); // is it there at all still?
            throw new IOException("it is a folder that no listener has made");
        }
        return Offer.read(file, Offer.Kind.LISTENER);
    }

    /**
     * Asks a listener to accept a connection.
     *
     * @param path its address.
     * @param listener what was read there.
     * @param connection what is offered.
     * @return the name of the request, which the listener takes away.
     * @throws IOException if the listener is gone; the request is, too.
     */
    static Path request(final Path path, final Offer listener, final Offer connection) throws IOException {
        final Path made = path.resolve(connection.maker().pid() + "-" + COUNT.incrementAndGet());
        final Path request = made.resolveSibling(made.getFileName() + REQUEST);
        try (SealedMemory page = listener.memory()) {
            connection.write(made);
            Files.move(made, request, StandardCopyOption.ATOMIC_MOVE);
            // Any value that is not the last one. Of two at once one may be lost: the look that the other brings about
            // comes later than both requests.
            page.write(ByteBuffer.allocate(Long.BYTES).putLong(0, System.nanoTime()), Layout.BELL_AT);
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
            final long now = bell.getLongVolatile(Layout.BELL_AT);
            final boolean hasRung = now != heard;
            heard = now;
            return hasRung;
        } finally {
            reading.leave();
        }
    }

    /**
     * What waits; what dead processes have begun is removed.
     *
     * @return the files of connections.
     * @throws IOException if the folder cannot be read.
     */
    List<Path> requests() throws IOException {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (final Path file : files) {
                final Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (!name.matches()) {
                    continue;
                }
                if (name.group(2) != null) {
                    found.add(file);
                } else if (ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (final DirectoryIteratorException e) {
            throw e.getCause();
        }
        return isClosed ? List.of() : found; // closed meanwhile: it may be another listener's by now
    }

    /** Takes the folder away, unless it is another listener's by now, and tells those who wait in it that nobody is there any more. */
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
            if (isOwn(gone)) {
                refuseAll(gone);
                delete(gone);
            } else {
                Leftover.putBack(gone, path);
            }
        } catch (final IOException e) {
            // Somebody of this user's has removed it already: those who wait find out by their time-out.
            delete(gone);
        }
        memory.close();
        tryFree();
    }

    private boolean isOwn(final Path folder) {
        try {
            return offer.equals(read(folder));
        } catch (final IOException e) {
            return false;
        }
    }

    private static void refuseAll(final Path folder) throws IOException {
        try (DirectoryStream<Path> requests = Files.newDirectoryStream(folder, '*' + REQUEST)) {
            for (final Path request : requests) {
                try (SealedMemory memory =
                        Offer.read(request, Offer.Kind.CONNECTION).memory()) {
                    Rings.refuse(memory);
                }
            }
        }
    }

    /** Unmaps the listener's page after the close, unless another thread is just looking at the bell. */
    synchronized boolean tryFree() {
        if (isClosed && !isFreed && !reading.isOn()) {
            isFreed = true;
            BufferUtil.free(page);
        }
        return isFreed;
    }

    static void delete(final Path folder) {
        IoUtil.delete(folder.toFile(), true);
    }

    /** A name beside a path that nothing has. */
    static Path besides(final Path path, final String what) {
        return path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + '-' + COUNT.incrementAndGet() + '.' + what);
    }

    private static TransportException taken(final LocalPath address) {
        return new TransportException(NextStep.RETRY, "address " + address.text() + " is taken: choose another path");
    }
}
