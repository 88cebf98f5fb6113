package io.fizeau.transports.crc32c;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Transform;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the checksum behind a message, little-endian, and checks it. The message itself stays where it is. */
final class Crc32cTrailer implements Transform {
    /** Length of the checksum. */
    static final int BYTES = Integer.BYTES;

    private static final int CHUNK_BYTES = 4 << 10;

    private final Sum sent = new Sum();
    private final Sum received = new Sum();

    @Override
    public int encode(
            final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
        target.putBytes(0, message, offset, length);
        target.putInt(length, sent.of(target, 0, length), ByteOrder.LITTLE_ENDIAN);
        return length + BYTES;
    }

    @Override
    public Decoded decode(final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
        final int messageBytes = length - BYTES;
        if (messageBytes < 0
                || encoded.getInt(offset + messageBytes, ByteOrder.LITTLE_ENDIAN)
                        != received.of(encoded, offset, messageBytes)) {
            return Decoded.REJECTED;
        }
        message.wrap(encoded, offset, messageBytes);
        return Decoded.MESSAGE;
    }

    /** One direction's checksum: the two may be computed by two threads at once. */
    private static final class Sum {
        private final CRC32C crc = new CRC32C();
        private final byte[] chunk = new byte[CHUNK_BYTES];

        int of(final DirectBuffer buffer, final int offset, final int length) {
            crc.reset();
            final byte[] array = buffer.byteArray();
            if (array != null) {
                crc.update(array, buffer.wrapAdjustment() + offset, length);
            } else {
                updateFromMemory(buffer, offset, length);
            }
            return (int) crc.getValue();
        }

        // A view of the memory as a ByteBuffer would be garbage; a copy of a few KiB stays in the first-level cache.
        private void updateFromMemory(final DirectBuffer buffer, final int offset, final int length) {
            for (int done = 0; done < length; ) {
                final int step = Math.min(CHUNK_BYTES, length - done);
                buffer.getBytes(offset + done, chunk, 0, step);
                crc.update(chunk, 0, step);
                done += step;
            }
        }
    }
}
