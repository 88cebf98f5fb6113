package io.fizeau.transports.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What goes over the wire. The connecting side introduces itself once, then both sides send frames:
 *
 * <pre>{@code
 *  introduction, 8 bytes:  'F' 'I' 'Z'  version (1 byte)   longest message in bytes (4 bytes, little-endian)
 *  frame:                  length of the message in bytes (4 bytes, little-endian, 0 to the longest)   the message
 * }</pre>
 *
 * The introduction lets a listener tell a stranger (a port scanner, a browser, a peer configured otherwise) by its first
 * bytes, even where they would pass for a short length, and costs nothing after the connect. Both ends must agree on the longest
 * message. Little-endian, because that is what the machines are: reading the length is one load.
 */
public final class Framing {
    /** Bytes before each message. */
    public static final int HEADER_BYTES = Integer.BYTES;

    /** Bytes before the first frame, from the connecting side only. */
    public static final int INTRODUCTION_BYTES = 8;

    /** The longest message that may be configured: what a frame's buffer can hold with room to spare. */
    public static final int LONGEST_MESSAGE_BYTES = 256 << 20;

    /** What a listener finds in a peer's first bytes. */
    public enum Introduction {
        /** So far they are right, but some are missing. */
        INCOMPLETE,
        /** The peer is one of ours, and configured as we are. */
        VALID,
        /** Whatever comes, it will not be right. */
        WRONG
    }

    private static final byte VERSION = 1;

    private Framing() {}

    /**
     * The introduction.
     *
     * @param maxMessageBytes the longest message at this end.
     * @return its bytes.
     */
    public static byte[] introduction(final int maxMessageBytes) {
        return ByteBuffer.allocate(INTRODUCTION_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'F')
                .put((byte) 'I')
                .put((byte) 'Z')
                .put(VERSION)
                .putInt(maxMessageBytes)
                .array();
    }

    /**
     * Compares a peer's first bytes with the introduction it should send. If they are {@link Introduction#VALID}, they are
     * taken out of the buffer.
     *
     * @param received what has come so far.
     * @param expected the introduction that this end itself would send.
     * @return what was found.
     */
    public static Introduction check(final ReceiveBuffer received, final byte[] expected) {
        final int known = Math.min(received.available(), expected.length);
        for (int i = 0; i < known; i++) {
            if (received.peek(i) != expected[i]) {
                return Introduction.WRONG;
            }
        }
        if (known < expected.length) {
            return Introduction.INCOMPLETE;
        }
        received.skip(expected.length);
        return Introduction.VALID;
    }
}
