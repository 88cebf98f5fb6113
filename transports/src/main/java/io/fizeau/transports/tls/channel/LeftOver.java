package io.fizeau.transports.tls.channel;

import java.nio.ByteBuffer;

/** Bytes that wait for their turn; it holds no memory until there are some for the first time. Not thread-safe. */
final class LeftOver {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NONE;

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** What waits; whoever takes some moves its position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Puts all of a buffer here, where nothing waits; it never holds more than the longest of them had room for. */
    void keep(final ByteBuffer source) {
        final int count = source.remaining();
        if (count == 0) {
            return;
        }
        if (bytes.capacity() < count) {
            bytes = ByteBuffer.allocate(Math.min(Integer.highestOneBit(count) << 1, source.capacity()));
        }
        bytes.clear().put(source).flip();
    }

    /** Moves as much of it as fits. */
    int moveTo(final ByteBuffer target) {
        final int count = Math.min(bytes.remaining(), target.remaining());
        if (count > 0) {
            target.put(target.position(), bytes, bytes.position(), count);
            target.position(target.position() + count);
            bytes.position(bytes.position() + count);
        }
        return count;
    }
}
