package io.fizeau.core.tck.rig;

import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.MessageContent;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The kit's messages: a benchmark frame with checked content where there is room for one, a pattern that follows from the length
 * where there is not. The frame's phase says what the served end is to do with it. Used by one thread at a time.
 */
public final class Messages {
    /** The longest message the kit sends, whatever a transport allows, so that a run stays short. */
    public static final int LONGEST_BYTES = 32 << 20;

    private static final int[] SIZES = {
        0, 1, 2, 3, 4, 7, 8, 9, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1_023, 1_024, 1_025, 1_376, 1_408, 1_409, 4_095,
        4_096, 4_097, 8_192, 16_384, 65_507, 65_535, 65_536, 65_537, 262_144
    };

    private final MessageContent content = new MessageContent();

    /**
     * Writes a message.
     *
     * @param buffer where to, from 0.
     * @param length its length; below {@link BenchmarkFrame#HEADER_BYTES} it carries neither run, command nor sequence.
     * @param run whose traffic it is.
     * @param command what the served end does with it.
     * @param sequence its place in that traffic.
     */
    public void write(
            final MutableDirectBuffer buffer,
            final int length,
            final int run,
            final Command command,
            final long sequence) {
        if (isFramed(length)) {
            BenchmarkFrame.writeHeader(buffer, 0, run, command.code(), sequence, 0, length);
            content.fill(buffer, 0);
        } else {
            for (int i = 0; i < length; i++) {
                buffer.putByte(i, patternByte(length, i));
            }
        }
    }

    /**
     * Whether a message is one that {@link #write} could have written.
     *
     * @param buffer holds it.
     * @param offset where it starts.
     * @param length its length.
     * @return true if every byte is right.
     */
    public boolean isIntact(final DirectBuffer buffer, final int offset, final int length) {
        if (isFramed(length)) {
            return content.isIntact(buffer, offset, length);
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != patternByte(length, i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a message of this length has room for a frame.
     *
     * @param length its length.
     * @return true if it carries run, command and sequence.
     */
    public static boolean isFramed(final int length) {
        return length >= BenchmarkFrame.HEADER_BYTES;
    }

    /**
     * The lengths worth trying: around the powers of two, a packet and a page, and up to the longest.
     *
     * @param maxMessageBytes what the transport allows.
     * @return lengths in rising order, from 0 to the longest that is allowed.
     */
    public static int[] sizes(final int maxMessageBytes) {
        final int longest = Math.min(maxMessageBytes, LONGEST_BYTES);
        final TreeSet<Integer> sizes = new TreeSet<>();
        for (final int size : SIZES) {
            if (size <= longest) {
                sizes.add(size);
            }
        }
        sizes.add(longest - 1);
        sizes.add(longest);
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte patternByte(final int length, final int index) {
        return (byte) (length * 7 + index * 3 + 1);
    }
}
