package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Memory that a process offers to others of its user, written down in a small file: a listener's bell, or a connection that waits to be
 * accepted. The file is read with a system call, checked, and never mapped. Immutable and thread-safe.
 *
 * @param kind what is offered.
 * @param maxMessageBytes the longest message.
 * @param maker who offers it.
 * @param descriptor its number there.
 */
record Offer(Kind kind, int maxMessageBytes, ProcessIdentity maker, int descriptor) {
    /** Changes with anything that both ends must agree on. */
    private static final long VERSION = 1;

    private static final int VERSION_AT = 8;
    private static final int MAX_MESSAGE_AT = 16;
    private static final int DESCRIPTOR_AT = 20;
    private static final int MAKER_AT = 24;
    private static final int BYTES = MAKER_AT + ProcessIdentity.BYTES;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** What is offered. */
    enum Kind {
        /** A listener's page. */
        LISTENER(0x4c5f4d48_535f5a46L),
        /** A connection's words and rings. */
        CONNECTION(0x435f4d48_535f5a46L);

        private final long magic;

        Kind(final long magic) {
            this.magic = magic;
        }
    }

    /**
     * Writes it down.
     *
     * @param path a name that nothing has.
     * @throws IOException if that fails.
     */
    void write(final Path path) throws IOException {
        final ByteBuffer out = ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, kind.magic)
                .putLong(VERSION_AT, VERSION)
                .putInt(MAX_MESSAGE_AT, maxMessageBytes)
                .putInt(DESCRIPTOR_AT, descriptor);
        maker.write(out, MAKER_AT);
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    /**
     * Reads and checks one.
     *
     * @param path a file.
     * @param kind what it has to be.
     * @return what it says.
     * @throws IOException if it is no such file of this user; the message says what is wrong with it.
     */
    static Offer read(final Path path, final Kind kind) throws IOException {
        requireOwn(path, false);
        final ByteBuffer in = ByteBuffer.allocate(BYTES + 1).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            int count = 0;
            while (in.hasRemaining() && count >= 0) {
                count = channel.read(in);
            }
        }
        if (in.position() != BYTES || in.getLong(0) != kind.magic) {
            throw new IOException("it is no file of this transport");
        }
        if (in.getLong(VERSION_AT) != VERSION) {
            throw new IOException("its version is " + in.getLong(VERSION_AT) + ", and " + VERSION
                    + " is needed: run the same build at both ends");
        }
        final int maxMessageBytes = in.getInt(MAX_MESSAGE_AT);
        if (maxMessageBytes < ShmTransport.LEAST_MESSAGE_BYTES
                || maxMessageBytes > ShmTransport.LONGEST_MESSAGE_BYTES) {
            throw new IOException("its maxMessage is " + maxMessageBytes);
        }
        return new Offer(kind, maxMessageBytes, ProcessIdentity.read(in, MAKER_AT), in.getInt(DESCRIPTOR_AT));
    }

    /**
     * Opens what is offered.
     *
     * @return the memory.
     * @throws IOException as {@link SealedMemory#open} does.
     */
    SealedMemory memory() throws IOException {
        return SealedMemory.open(
                maker.pid(),
                descriptor,
                kind == Kind.LISTENER ? Layout.PAGE_BYTES : Layout.connectionBytes(maxMessageBytes));
    }

    /**
     * Checks whose a file or folder is, before it is opened. Symbolic links are not followed.
     *
     * @param path the file or folder.
     * @param isFolder which of the two it has to be: opening a pipe would wait.
     * @throws IOException if it is another user's, or others have a right to it, or it is something else; the message says so.
     */
    static void requireOwn(final Path path, final boolean isFolder) throws IOException {
        final PosixFileAttributes found =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (isFolder ? !found.isDirectory() : !found.isRegularFile()) {
            throw new IOException(isFolder ? "it is no folder of a listener" : "it is no file");
        }
        final Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        final Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)) {
            throw new IOException("it belongs to user " + owner + ", and this process runs as user " + self);
        }
        if (!OWNERS.containsAll(found.permissions())) {
            throw new IOException("others than its owner have a right to it");
        }
    }
}
