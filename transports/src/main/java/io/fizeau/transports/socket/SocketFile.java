package io.fizeau.transports.socket;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.error.TransportException.NextStep;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a Unix domain socket that listens: what may be in its way, who may use it, and that it goes with the listener. The
 * file belongs to its owner alone. Immutable and thread-safe.
 *
 * <p>A socket file of this user at which nobody listens is what a killed process has left, and is replaced. Whatever else is found
 * there is refused and left alone.
 *
 * <p>A system makes a socket's file with the rights that the process gives to any file, and listens at once. So it is bound in a folder
 * that is its user's alone, and gets its name, which nothing else must have, when its rights are right. Tools such as {@code ss} show
 * the first name.
 */
public final class SocketFile implements Closeable {
    /** What {@code sun_path} holds on Linux, without the zero at its end. */
    private static final int LONGEST_PATH_BYTES = 107;

    private static final int TYPE_MASK = 0xf000;
    private static final int SOCKET_TYPE = 0xc000;
    private static final Path THIS_PROCESS = Path.of("/proc/self");
    private static final int NAME_RADIX = 36;
    private static final int NAMES = NAME_RADIX * NAME_RADIX * NAME_RADIX * NAME_RADIX * NAME_RADIX;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final Object fileKey;

    private SocketFile(final Path path, final Object fileKey) {
        this.path = path;
        this.fileKey = fileKey;
    }

    /**
     * A path as a socket's address.
     *
     * @param path absolute.
     * @return the address.
     * @throws TransportException if the path is longer than the system allows.
     */
    public static UnixDomainSocketAddress address(final String path) {
        final int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PATH_BYTES) {
            throw TransportException.badRequest("address " + path + " is " + bytes
                    + " bytes long: the path of a Unix socket may have " + LONGEST_PATH_BYTES + " (108 with its end)");
        }
        return UnixDomainSocketAddress.of(path);
    }

    /**
     * Binds a socket at a path, and starts to listen.
     *
     * @param channel an unbound Unix domain socket; it stays the caller's, also when this fails.
     * @param path absolute.
     * @param backlog how many connects may wait to be accepted.
     * @return the file; closing it removes it, if it still is this one. Close the channel first.
     * @throws TransportException if something is in the way, or the path cannot be used, and then no file is left; the message says what
     *     and what to do.
     */
    public static SocketFile bind(final ServerSocketChannel channel, final String path, final int backlog) {
        final Path file = address(path).getPath();
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                removeStale(file);
            }
            bindApart(channel, file, backlog);
            return new SocketFile(file, fileKey(file));
        } catch (final FileAlreadyExistsException e) {
            throw new TransportException(
                    NextStep.STOP,
                    "address " + path + " is taken: "
                            + (e.getReason() == null ? "something has just been made there" : e.getReason())
                            + "; choose another path",
                    e);
        } catch (final IOException e) {
            throw new TransportException(
                    NextStep.STOP,
                    "cannot listen at " + path + ": " + said(e)
                            + "; choose a path in a folder that exists and this user may write to",
                    e);
        }
    }

    private static void bindApart(final ServerSocketChannel channel, final Path file, final int backlog)
            throws IOException {
        final Path apart = Files.createDirectory(
                file.resolveSibling(
                        ".f" + Integer.toString(ThreadLocalRandom.current().nextInt(NAMES), NAME_RADIX)),
                OWNER_ONLY);
        final Path unnamed = apart.resolve("s");
        try {
            channel.bind(address(unnamed.toString()), backlog);
            Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
            Files.createLink(file, unnamed);
        } finally {
            Files.deleteIfExists(unnamed);
            Files.delete(apart);
        }
    }

    /** Removes the file, unless another one has taken its place. */
    @Override
    public void close() throws IOException {
        try {
            if (fileKey.equals(fileKey(path))) {
                Files.deleteIfExists(path);
            }
        } catch (final NoSuchFileException e) {
            return; // somebody has cleaned up already
        }
    }

    private static void removeStale(final Path file) throws IOException {
        if (!isSocket(file)) {
            throw inTheWay(file, "a file is there that is no socket");
        }
        if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(THIS_PROCESS))) {
            throw inTheWay(
                    file,
                    "the socket there belongs to "
                            + Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName());
        }
        if (isListenedAt(file)) {
            throw inTheWay(file, "another process listens there");
        }
        Files.deleteIfExists(file);
    }

    private static boolean isSocket(final Path file) throws IOException {
        final int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE_MASK) == SOCKET_TYPE;
    }

    /** Asks without waiting: a listener whose queue is full is a listener. */
    private static boolean isListenedAt(final Path file) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(file));
            return true;
        } catch (final ConnectException e) {
            return false;
        } catch (final SocketException e) {
            return true;
        }
    }

    private static Object fileKey(final Path file) throws IOException {
        return Files.getAttribute(file, "unix:dev", LinkOption.NOFOLLOW_LINKS)
                + ":"
                + Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAlreadyExistsException inTheWay(final Path file, final String what) {
        return new FileAlreadyExistsException(file.toString(), null, what);
    }

    private static String said(final IOException e) {
        return e instanceof NoSuchFileException ? "its folder is gone" : String.valueOf(e.getMessage());
    }
}
