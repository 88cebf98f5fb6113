package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a file says about itself, read with a system call and checked before anything is mapped: a mapping of a file that is too short
 * faults. Immutable and thread-safe.
 *
 * @param maxMessageBytes the longest message.
 * @param maker who made it.
 */
record Header(int maxMessageBytes, ProcessIdentity maker) {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * Reads and checks one.
     *
     * @param channel an open file.
     * @param magic which kind it has to be.
     * @return what it says.
     * @throws IOException if it is no file of this kind; the message says what is wrong with it.
     */
    static Header read(final FileChannel channel, final long magic) throws IOException {
        final ByteBuffer in = ByteBuffer.allocate(Layout.CHECKED_BYTES).order(ByteOrder.nativeOrder());
        while (in.hasRemaining()) {
            if (channel.read(in, in.position()) < 0) {
                throw new IOException("it is too short, " + channel.size() + " bytes");
            }
        }
        if (in.getLong(Layout.MAGIC_AT) != magic) {
            throw new IOException("it is no file of this transport");
        }
        if (in.getLong(Layout.VERSION_AT) != Layout.VERSION) {
            throw new IOException("its version is " + in.getLong(Layout.VERSION_AT) + ", and " + Layout.VERSION
                    + " is needed: run the same build at both ends");
        }
        final int maxMessageBytes = in.getInt(Layout.MAX_MESSAGE_AT);
        if (maxMessageBytes < ShmTransport.LEAST_MESSAGE_BYTES
                || maxMessageBytes > ShmTransport.LONGEST_MESSAGE_BYTES
                || in.getInt(Layout.CAPACITY_AT) != Layout.capacity(maxMessageBytes)) {
            throw new IOException("its sizes are wrong: messages of " + maxMessageBytes + " bytes, rings of "
                    + in.getInt(Layout.CAPACITY_AT));
        }
        final long expected = magic == Layout.LISTENER_MAGIC
                ? Layout.HEADER_BYTES
                : Layout.connectionBytes(Layout.capacity(maxMessageBytes));
        if (channel.size() != expected) {
            throw new IOException("it has " + channel.size() + " bytes instead of " + expected);
        }
        return new Header(maxMessageBytes, ProcessIdentity.read(in, Layout.PROCESS_AT));
    }

    /**
     * Checks whose a file or folder is. Symbolic links are not followed.
     *
     * @param path the file or folder.
     * @throws IOException if it is another user's, or others have a right to it; the message says so.
     */
    static void requireOwn(final Path path) throws IOException {
        final Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        final Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)) {
            throw new IOException("it belongs to user " + owner + ", and this process runs as user " + self);
        }
        final Collection<PosixFilePermission> rights = Files.readAttributes(
                        path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .permissions();
        if (!OWNERS.containsAll(rights)) {
            throw new IOException("others than its owner have a right to it");
        }
    }
}
