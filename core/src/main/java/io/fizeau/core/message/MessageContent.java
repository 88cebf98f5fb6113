package io.fizeau.core.message;

import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Content that follows from the header alone, so that a receiver can check every byte of a message without having seen the
 * sender's copy. For untimed passes and the conformance kit; timed loops check sequence and length only.
 *
 * <p>Used by one thread at a time.
 */
public final class MessageContent {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final CRC32C crc = new CRC32C();
    private final byte[] scratch = new byte[4096];

    /**
     * Fills the content of a message whose header is written, and sets its checksum.
     *
     * @param buffer holds the header.
     * @param offset where the message starts.
     */
    public void fill(final MutableDirectBuffer buffer, final int offset) {
        final int messageBytes = BenchmarkFrame.messageBytes(buffer, offset);
        final long seed = seed(buffer, offset);
        for (int i = BenchmarkFrame.HEADER_BYTES; i < messageBytes; i++) {
            buffer.putByte(offset + i, expectedByte(seed, i));
        }
        buffer.putInt(
                offset + BenchmarkFrame.CHECKSUM_OFFSET,
                checksum(buffer, offset, messageBytes),
                ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Whether a message is whole and as it was filled.
     *
     * @param buffer holds the message.
     * @param offset where it starts.
     * @param length its length as delivered.
     * @return true if length, checksum and every byte of the content are right.
     */
    public boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        if (length < BenchmarkFrame.HEADER_BYTES || BenchmarkFrame.messageBytes(buffer, offset) != length) {
            return false;
        }
        if (BenchmarkFrame.checksum(buffer, offset) != checksum(buffer, offset, length)) {
            return false;
        }
        final long seed = seed(buffer, offset);
        for (int i = BenchmarkFrame.HEADER_BYTES; i < length; i++) {
            if (buffer.getByte(offset + i) != expectedByte(seed, i)) {
                return false;
            }
        }
        return true;
    }

    private static long seed(final DirectBuffer buffer, final int offset) {
        return BenchmarkFrame.sequence(buffer, offset) * GOLDEN
                + BenchmarkFrame.run(buffer, offset) * 31L
                + BenchmarkFrame.phase(buffer, offset);
    }

    private static byte expectedByte(final long seed, final int index) {
        final long mixed = (seed + index) * GOLDEN;
        return (byte) (mixed >>> 56);
    }

    private int checksum(final DirectBuffer buffer, final int offset, final int messageBytes) {
        crc.reset();
        update(buffer, offset, BenchmarkFrame.CHECKSUM_OFFSET);
        final int afterChecksum = BenchmarkFrame.CHECKSUM_OFFSET + Integer.BYTES;
        update(buffer, offset + afterChecksum, messageBytes - afterChecksum);
        return (int) crc.getValue();
    }

    private void update(final DirectBuffer buffer, final int offset, final int length) {
        for (int done = 0; done < length; ) {
            final int step = Math.min(scratch.length, length - done);
            buffer.getBytes(offset + done, scratch, 0, step);
            crc.update(scratch, 0, step);
            done += step;
        }
    }
}
