package io.fizeau.transports.shm;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Shared memory that nobody can make shorter. An access to a page that a mapped file has lost is a fault, and a JVM does not survive it
 * in order (decision 0015); so what is mapped here is a file without a name, all of it allocated, which the kernel lets nobody cut.
 * Another process of this user opens it by this process and the number of its descriptor.
 *
 * <p>Used by one thread at a time, except that {@link #close()} may be called by any.
 */
final class SealedMemory implements AutoCloseable {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;
    private static final int F_SEAL_SEAL = 1;
    private static final int F_SEAL_SHRINK = 2;
    private static final int F_SEAL_GROW = 4;
    private static final int EINTR = 4;
    private static final int CLOSED = -1;

    private final long bytes;
    private int descriptor; // under this memory's monitor

    private SealedMemory(final int descriptor, final long bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /**
     * Makes some, filled with zeros.
     *
     * @param bytes how much.
     * @return the memory, sealed.
     * @throws IOException if there is no room for it, or no descriptor.
     */
    static SealedMemory create(final long bytes) throws IOException {
        int descriptor = CLOSED;
        try {
            descriptor = MemoryCalls.memfd_create("fizeau-shm", MFD_CLOEXEC | MFD_ALLOW_SEALING);
            allocate(descriptor, bytes);
            MemoryCalls.fcntl(descriptor, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW);
            return new SealedMemory(descriptor, bytes);
        } catch (final LastErrorException e) {
            if (descriptor != CLOSED) {
                MemoryCalls.close(descriptor);
            }
            throw new IOException("shared memory of " + bytes + " bytes cannot be had: " + e.getMessage(), e);
        }
    }

    private static void allocate(final int descriptor, final long bytes) throws LastErrorException {
        while (true) {
            try {
                MemoryCalls.fallocate(descriptor, 0, 0, bytes);
                return;
            } catch (final LastErrorException e) {
                if (e.getErrorCode() != EINTR) {
                    throw e;
                }
            }
        }
    }

    /**
     * Opens another process's.
     *
     * @param pid the process.
     * @param number its descriptor.
     * @param bytes how much there has to be.
     * @return the memory, sealed.
     * @throws NoSuchFileException if the process has closed it, or is dead.
     * @throws IOException if it is not sealed, or not as much; the message says so.
     */
    static SealedMemory open(final long pid, final int number, final long bytes) throws IOException {
        final Path path = Path.of("/proc", Long.toString(pid), "fd", Integer.toString(number));
        final int descriptor;
        try {
            descriptor = MemoryCalls.open(path.toString(), O_RDWR | O_CLOEXEC);
        } catch (final LastErrorException e) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw new IOException("its memory cannot be opened: " + e.getMessage(), e);
        }
        final SealedMemory memory = new SealedMemory(descriptor, bytes);
        try {
            memory.requireSealed();
            return memory;
        } catch (final IOException e) {
            memory.close();
            throw e;
        }
    }

    private void requireSealed() throws IOException {
        try {
            if ((MemoryCalls.fcntl(descriptor, F_GET_SEALS, 0) & F_SEAL_SHRINK) == 0) {
                throw new IOException("its memory is not sealed: it could be cut short");
            }
        } catch (final LastErrorException e) {
            throw new IOException("its memory is none that can be sealed", e);
        }
        try (FileChannel channel = channel()) {
            if (channel.size() != bytes) {
                throw new IOException("its memory has " + channel.size() + " bytes instead of " + bytes);
            }
        }
    }

    /** The number by which another process opens it. */
    synchronized int descriptor() {
        return descriptor;
    }

    /**
     * Maps it. The mapping lives on when this is closed.
     *
     * @return all of it.
     * @throws IOException if it cannot be mapped.
     */
    MappedByteBuffer map() throws IOException {
        try (FileChannel channel = channel()) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    /**
     * Writes to it without mapping it.
     *
     * @param from what.
     * @param at where.
     * @throws IOException if it cannot be written.
     */
    void write(final ByteBuffer from, final int at) throws IOException {
        try (FileChannel channel = channel()) {
            channel.write(from, at);
        }
    }

    private synchronized FileChannel channel() throws IOException {
        return FileChannel.open(
                Path.of("/proc/self/fd", Integer.toString(descriptor)),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public synchronized void close() {
        if (descriptor != CLOSED) {
            MemoryCalls.close(descriptor);
            descriptor = CLOSED;
        }
    }
}
