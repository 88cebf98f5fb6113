package io.fizeau.core.message;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The frame of every benchmark message, a flyweight: it is read and written in place in a buffer, and nothing is allocated.
 *
 * <pre>{@code
 *  offset  bytes  field
 *       0      4  run: which run of a fork the message belongs to
 *       4      4  phase: which iteration, or which untimed pass, of that run
 *       8      8  sequence, from 0 in each phase
 *      16      8  intended send time, in nanoseconds of the sender's clock
 *      24      4  length of the whole message, in bytes, this header included
 *      28      4  checksum: CRC32C of the rest of the message, or 0 where it is not computed
 *      32      -  content
 * }</pre>
 *
 * All fields are little-endian. {@link MessageContent} fills the content and the checksum, and verifies them.
 *
 * <p>Stateless: every method takes the buffer and the offset, so any thread may use it. The accessors check no bounds beyond
 * what Agrona does: compare a message's length with {@link #HEADER_BYTES} before reading what somebody else wrote.
 */
public final class BenchmarkFrame {
    /** Length of the header in bytes: the shortest benchmark message. */
    public static final int HEADER_BYTES = 32;

    static final int CHECKSUM_OFFSET = 28;

    private static final int RUN_OFFSET = 0;
    private static final int PHASE_OFFSET = 4;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int INTENDED_OFFSET = 16;
    private static final int LENGTH_OFFSET = 24;

    private BenchmarkFrame() {}

    /**
     * Writes a header, with a checksum of 0.
     *
     * @param buffer where to.
     * @param offset where the message starts.
     * @param run the run.
     * @param phase the phase.
     * @param sequence the sequence.
     * @param intendedNs the intended send time in nanoseconds.
     * @param messageBytes the length of the whole message, at least {@link #HEADER_BYTES}.
     */
    public static void writeHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final int run,
            final int phase,
            final long sequence,
            final long intendedNs,
            final int messageBytes) {
        buffer.putInt(offset + RUN_OFFSET, run, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + PHASE_OFFSET, phase, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + INTENDED_OFFSET, intendedNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + LENGTH_OFFSET, messageBytes, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + CHECKSUM_OFFSET, 0, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes the sequence alone, where the rest of the header stays as it was.
     *
     * @param buffer where to.
     * @param offset where the message starts.
     * @param sequence the sequence.
     */
    public static void writeSequence(final MutableDirectBuffer buffer, final int offset, final long sequence) {
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The run.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return the field.
     */
    public static int run(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + RUN_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The phase.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return the field.
     */
    public static int phase(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PHASE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The sequence.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return the field.
     */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The intended send time.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return nanoseconds of the sender's clock.
     */
    public static long intendedNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + INTENDED_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The length that the sender wrote.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return bytes, header included.
     */
    public static int messageBytes(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The checksum.
     *
     * @param buffer the buffer.
     * @param offset where the message starts.
     * @return the field, 0 where none was computed.
     */
    public static int checksum(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CHECKSUM_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
