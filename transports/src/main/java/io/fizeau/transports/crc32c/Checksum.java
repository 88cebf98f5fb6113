package io.fizeau.transports.crc32c;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of one direction: the two may be computed by two threads at once. The JDK takes memory outside the heap as a {@link
 * ByteBuffer} only, and a new view of it for each message would be garbage; so the views of the last two buffers are kept, of which a
 * connection has no more on its steady path.
 */
final class Checksum {
    private static final int CHUNK_BYTES = 4 << 10;

    private final CRC32C crc = new CRC32C();
    private final View first = new View();
    private final View second = new View();
    private View older = first;
    private byte @Nullable [] chunk;

    /** The checksum of some bytes. */
    int of(final DirectBuffer buffer, final int offset, final int length) {
        crc.reset();
        final byte[] array = buffer.byteArray();
        final ByteBuffer memory = buffer.byteBuffer();
        if (array != null) {
            crc.update(array, buffer.wrapAdjustment() + offset, length);
        } else if (memory != null) {
            final int start = buffer.wrapAdjustment() + offset;
            crc.update(viewOf(memory).limit(start + length).position(start));
        } else {
            updateFromAddress(buffer, offset, length);
        }
        return (int) crc.getValue();
    }

    @SuppressWarnings("ReferenceEquality") // which memory it is, not what it holds
    private ByteBuffer viewOf(final ByteBuffer memory) {
        if (memory == first.memory) {
            return first.bytes;
        }
        if (memory == second.memory) {
            return second.bytes;
        }
        final View replaced = older;
        replaced.memory = memory;
        replaced.bytes = memory.duplicate().clear();
        older = replaced == first ? second : first;
        return replaced.bytes;
    }

    /** Memory that is known by its address only. A copy of a few KiB stays in the first-level cache. */
    private void updateFromAddress(final DirectBuffer buffer, final int offset, final int length) {
        byte[] copy = chunk;
        if (copy == null) {
            copy = new byte[CHUNK_BYTES];
            chunk = copy;
        }
        for (int done = 0; done < length; ) {
            final int step = Math.min(CHUNK_BYTES, length - done);
            buffer.getBytes(offset + done, copy, 0, step);
            crc.update(copy, 0, step);
            done += step;
        }
    }

    /** A buffer, and its bytes with a position of our own. */
    private static final class View {
        private @Nullable ByteBuffer memory;
        private ByteBuffer bytes = ByteBuffer.allocate(0);
    }
}
