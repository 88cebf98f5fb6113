package io.fizeau.transports.datagram.trace;

import io.fizeau.core.error.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Traces as files; all numbers are little-endian.
 *
 * <table>
 * <caption>A file</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>8</td><td>{@code FZTRACE} and a zero</td></tr>
 * <tr><td>8</td><td>4</td><td>version: 1</td></tr>
 * <tr><td>12</td><td>4</td><td>where the records begin</td></tr>
 * <tr><td>16</td><td>4</td><td>bytes of a record: 32</td></tr>
 * <tr><td>20</td><td>4</td><td>role: 0 connected, 1 accepted</td></tr>
 * <tr><td>24</td><td>8</td><td>connection id</td></tr>
 * <tr><td>32</td><td>8</td><td>process</td></tr>
 * <tr><td>40</td><td>8</td><td>records</td></tr>
 * <tr><td>48</td><td>8</td><td>how many later ones were not kept</td></tr>
 * <tr><td>56</td><td></td><td>transport, node and clock: each 2 bytes of length and its UTF-8</td></tr>
 * </table>
 *
 * <table>
 * <caption>A record</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>8</td><td>when, ns</td></tr>
 * <tr><td>8</td><td>8</td><td>number</td></tr>
 * <tr><td>16</td><td>8</td><td>sequence</td></tr>
 * <tr><td>24</td><td>4</td><td>length</td></tr>
 * <tr><td>28</td><td>4</td><td>event: its place in
 *     {@link io.fizeau.transports.datagram.session.DatagramTrace.Event}</td></tr>
 * </table>
 *
 * Stateless and thread-safe.
 */
public final class TraceFile {
    /** How the name of each ends. */
    public static final String SUFFIX = ".trace";

    private static final byte[] MAGIC = "FZTRACE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int CONNECTED = 0;
    private static final int ACCEPTED = 1;
    private static final int FIXED_BYTES = 56;
    private static final int MOST_HEADER_BYTES = 1 << 16;

    private TraceFile() {}

    /**
     * The name of a trace's file.
     *
     * @param header of which end it is.
     * @return process, node, connection id and role.
     */
    static String name(final TraceHeader header) {
        return header.pid() + "-" + header.node().replaceAll("[^A-Za-z0-9._]", "_") + '-'
                + String.format(Locale.ROOT, "%016x", header.connectionId()) + '-'
                + header.role().name().toLowerCase(Locale.ROOT) + SUFFIX;
    }

    /**
     * Writes a file, which appears whole or not at all.
     *
     * @param directory where to; made if it is missing.
     * @param trace what to write.
     * @return the file.
     * @throws IOException if it cannot be written.
     */
    public static Path write(final Path directory, final Trace trace) throws IOException {
        Files.createDirectories(directory);
        final Path file = directory.resolve(name(trace.header()));
        final Path aside = directory.resolve(file.getFileName() + ".part");
        final ByteBuffer records = ByteBuffer.allocate(trace.size() * Trace.RECORD_BYTES);
        trace.records().getBytes(0, records, records.capacity());
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, header(trace));
            writeAll(channel, records.flip().limit(records.capacity()));
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer header(final Trace trace) {
        final TraceHeader header = trace.header();
        final byte[][] texts = {utf8(header.transport()), utf8(header.node()), utf8(header.clock())};
        int bytes = FIXED_BYTES;
        for (final byte[] text : texts) {
            bytes += Short.BYTES + text.length;
        }
        final ByteBuffer buffer = ByteBuffer.allocate(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(bytes)
                .putInt(Trace.RECORD_BYTES)
                .putInt(header.role() == TraceHeader.Role.CLIENT ? CONNECTED : ACCEPTED)
                .putLong(header.connectionId())
                .putLong(header.pid())
                .putLong(trace.size())
                .putLong(trace.notKept());
        for (final byte[] text : texts) {
            buffer.putShort((short) text.length).put(text);
        }
        return buffer.flip();
    }

    private static byte[] utf8(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= Byte.MAX_VALUE ? bytes : Arrays.copyOf(bytes, Byte.MAX_VALUE);
    }

    /**
     * Reads a file.
     *
     * @param file the file.
     * @return what is in it.
     * @throws TransportException if it cannot be read, is no trace, is cut short, or of a younger version; one line that names it.
     */
    public static Trace read(final Path file) {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot read " + file + ": " + e.getMessage(), e);
        }
        if (bytes.length < FIXED_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw TransportException.badRequest(file + " is no trace: it does not begin like one");
        }
        final ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        final int version = buffer.getInt();
        if (version != VERSION) {
            throw TransportException.badRequest(
                    file + " is a trace of version " + version + ", and this program reads version " + VERSION);
        }
        final int begin = buffer.getInt();
        final int recordBytes = buffer.getInt();
        final int role = buffer.getInt();
        final long connectionId = buffer.getLong();
        final long pid = buffer.getLong();
        final long size = buffer.getLong();
        final long notKept = buffer.getLong();
        if (begin < FIXED_BYTES
                || begin > Math.min(MOST_HEADER_BYTES, bytes.length)
                || recordBytes != Trace.RECORD_BYTES
                || (role != CONNECTED && role != ACCEPTED)
                || notKept < 0
                || size < 0
                || size != (bytes.length - begin) / recordBytes
                || (bytes.length - begin) % recordBytes != 0) {
            throw broken(file);
        }
        final TraceHeader header = new TraceHeader(
                connectionId,
                role == CONNECTED ? TraceHeader.Role.CLIENT : TraceHeader.Role.SERVER,
                pid,
                text(file, buffer, begin),
                text(file, buffer, begin),
                text(file, buffer, begin));
        final UnsafeBuffer records = new UnsafeBuffer(bytes, begin, bytes.length - begin);
        for (int i = 0; i < size; i++) {
            if (!Trace.isCode(records.getInt(i * Trace.RECORD_BYTES + Trace.EVENT, ByteOrder.LITTLE_ENDIAN))) {
                throw broken(file);
            }
        }
        return new Trace(header, records, (int) size, notKept);
    }

    private static String text(final Path file, final ByteBuffer buffer, final int end) {
        if (end - buffer.position() < Short.BYTES) {
            throw broken(file);
        }
        final int length = buffer.getShort();
        if (length < 0 || length > end - buffer.position()) {
            throw broken(file);
        }
        final byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TransportException broken(final Path file) {
        return TransportException.badRequest(file + " is broken: its length or its header cannot be those of a trace");
    }
}
