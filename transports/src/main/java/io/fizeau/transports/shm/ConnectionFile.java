package io.fizeau.transports.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a connection share: a ring each way, and a word of each end about itself, in a mapped file. The connecting end
 * makes it; the listening end maps it too and takes its name away, so that it ends with the last of the two, however they end.
 *
 * <p>The rings are for one sending and one delivering thread, which say that they are inside by {@link #sending} and
 * {@link #delivering}. The words may be read by whoever is inside.
 */
final class ConnectionFile {
    /** An end's word before it has said anything. */
    static final int SILENT = 0;

    /** The listening end has accepted. */
    static final int ACCEPTED = 1;

    /** The end is gone; at the listening end also: it never accepted. */
    static final int GONE = 2;

    private static final int ZEROS = 1 << 16;

    final Use sending = new Use();
    final Use delivering = new Use();
    final OneToOneRingBuffer outbound;
    final RingReader inbound;

    private final @Nullable FileChannel channel;
    private final ByteBuffer memory;
    private final UnsafeBuffer header;
    private final long bytes;
    private final int ownAt;
    private final int peerAt;
    private boolean isUnmapped; // under this file's monitor

    private ConnectionFile(
            final @Nullable FileChannel channel,
            final ByteBuffer memory,
            final int maxMessageBytes,
            final boolean isListening) {
        final int capacity = Layout.capacity(maxMessageBytes);
        final int ringBytes = Layout.ringBytes(capacity);
        this.channel = channel;
        this.memory = memory;
        this.bytes = memory.capacity();
        this.header = new UnsafeBuffer(memory, 0, Layout.HEADER_BYTES);
        final UnsafeBuffer toListener = new UnsafeBuffer(memory, Layout.HEADER_BYTES, ringBytes);
        final UnsafeBuffer toConnector = new UnsafeBuffer(memory, Layout.HEADER_BYTES + ringBytes, ringBytes);
        this.outbound = new OneToOneRingBuffer(isListening ? toConnector : toListener);
        this.inbound = new RingReader(isListening ? toListener : toConnector, capacity, maxMessageBytes);
        this.ownAt = isListening ? Layout.LISTENER_AT : Layout.CONNECTOR_AT;
        this.peerAt = isListening ? Layout.CONNECTOR_AT : Layout.LISTENER_AT;
    }

    /** What a connection to nobody has: memory of this process, in which the other end is gone. */
    static ConnectionFile ofNobody() {
        final int least = ShmTransport.LEAST_MESSAGE_BYTES;
        final ByteBuffer memory = ByteBuffer.allocateDirect((int) Layout.connectionBytes(Layout.capacity(least)));
        memory.order(ByteOrder.nativeOrder()).putInt(Layout.LISTENER_AT, GONE);
        return new ConnectionFile(null, memory, least, false);
    }

    /**
     * Makes one, at the connecting end. All its pages are written, so that a full file system is noticed here and not by a fault.
     *
     * @param path its name, which nothing has.
     * @param maxMessageBytes the longest message.
     * @param self this process.
     * @return the file, mapped.
     * @throws IOException if there is no room for it; nothing is left then.
     */
    static ConnectionFile create(final Path path, final int maxMessageBytes, final ProcessIdentity self)
            throws IOException {
        final FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            fill(channel, Layout.connectionBytes(Layout.capacity(maxMessageBytes)));
            writeAll(channel, Layout.header(Layout.CONNECTION_MAGIC, maxMessageBytes, self), 0);
            return mapped(channel, maxMessageBytes, false);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            IoUtil.deleteIfExists(path.toFile());
            throw e;
        }
    }

    /**
     * Opens what a connecting end has made, at the listening end.
     *
     * @param path its name.
     * @return an open file that belongs to this user.
     * @throws IOException if it does not, or is not there; the message says so.
     */
    static FileChannel open(final Path path) throws IOException {
        Header.requireOwn(path);
        return FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Maps it.
     *
     * @param channel an open file, checked, which belongs to the result from now on.
     * @param maxMessageBytes the longest message.
     * @return the file, mapped.
     * @throws IOException if it cannot be mapped.
     */
    static ConnectionFile map(final FileChannel channel, final int maxMessageBytes) throws IOException {
        return mapped(channel, maxMessageBytes, true);
    }

    private static ConnectionFile mapped(
            final FileChannel channel, final int maxMessageBytes, final boolean isListening) throws IOException {
        final MappedByteBuffer mapping = channel.map(
                FileChannel.MapMode.READ_WRITE, 0, Layout.connectionBytes(Layout.capacity(maxMessageBytes)));
        return new ConnectionFile(channel, mapping, maxMessageBytes, isListening);
    }

    /** Tells the connecting end that it is not accepted, without mapping anything. */
    static void refuse(final FileChannel channel) throws IOException {
        if (channel.size() >= Layout.LISTENER_AT + Integer.BYTES) {
            final ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
            writeAll(channel, word.putInt(0, GONE), Layout.LISTENER_AT);
        }
    }

    /** What this end says about itself. */
    void say(final int word) {
        header.putIntRelease(ownAt, word);
    }

    /** What the other end says about itself. */
    int peerWord() {
        return header.getIntVolatile(peerAt);
    }

    /** Whether the file is as long as it was, and so can be read without a fault. */
    boolean isWhole() {
        try {
            return channel == null || channel.size() == bytes;
        } catch (final IOException e) {
            return true; // closed meanwhile: nobody reads it any more
        }
    }

    /**
     * Unmaps it, unless somebody is inside. Only after its connection has closed, so that nobody enters any more.
     *
     * @return true if it is unmapped.
     */
    synchronized boolean tryUnmap() {
        if (!isUnmapped && !sending.isOn() && !delivering.isOn()) {
            isUnmapped = true;
            BufferUtil.free(memory);
            CloseHelper.quietClose(channel); // of shared memory, nothing is written back
        }
        return isUnmapped;
    }

    private static void fill(final FileChannel channel, final long bytes) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        long at = 0;
        while (at < bytes) {
            zeros.clear().limit((int) Math.min(ZEROS, bytes - at));
            at += channel.write(zeros, at);
        }
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer from, final int at) throws IOException {
        while (from.hasRemaining()) {
            channel.write(from, at + from.position());
        }
    }
}
