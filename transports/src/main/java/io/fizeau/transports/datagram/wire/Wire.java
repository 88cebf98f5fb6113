package io.fizeau.transports.datagram.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header that every datagram begins with; all numbers are little-endian.
 *
 * <table>
 * <caption>Header, 16 bytes</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>1</td><td>{@link #MAGIC}</td></tr>
 * <tr><td>1</td><td>1</td><td>protocol: which mechanism the two ends speak</td></tr>
 * <tr><td>2</td><td>1</td><td>type</td></tr>
 * <tr><td>3</td><td>1</td><td>flags, or a small number, by the type</td></tr>
 * <tr><td>4</td><td>4</td><td>CRC-32C over bytes 0 to 3 and 8 to the end (Castagnoli, as RFC 9260 appendix A has it)</td></tr>
 * <tr><td>8</td><td>8</td><td>connection id: 64 random bits that the connecting end drew</td></tr>
 * </table>
 *
 * <p>One instance per thread: it holds the state of a checksum. Its methods allocate nothing.
 */
public final class Wire {
    /** The first byte. */
    public static final byte MAGIC = (byte) 0xF2;

    /** Bytes of the header. */
    public static final int HEADER_BYTES = 16;

    /** Connecting end to listening end: let me in. Without or with a cookie. */
    public static final byte OPEN = 1;

    /** Listening end: send this cookie along. It has kept nothing. */
    public static final byte CHALLENGE = 2;

    /** Listening end: you are in. */
    public static final byte ACCEPT = 3;

    /** Listening end: the two ends' options do not fit each other, or there is no room. */
    public static final byte REFUSE = 4;

    /** Either end: it is over, in order. */
    public static final byte CLOSE = 5;

    /** Either end: no such connection is known here. */
    public static final byte RESET = 6;

    /** Either end: are you there? */
    public static final byte PING = 7;

    /** Either end: I am. */
    public static final byte PONG = 8;

    /** Types from here on are the mechanism's. */
    public static final byte FIRST_OF_MECHANISM = 16;

    private static final int PROTOCOL = 1;
    private static final int TYPE = 2;
    private static final int FLAGS = 3;
    private static final int CRC = 4;
    private static final int CONNECTION = 8;

    private final CRC32C crc = new CRC32C();

    /** What is found about a datagram that came. */
    public enum Check {
        /** It is whole, and of this protocol. */
        GOOD,
        /** It is shorter than a header. */
        TRUNCATED,
        /** It is of another protocol. */
        FOREIGN,
        /** Some of its bits changed on the way. */
        CORRUPT
    }

    /** Makes one. */
    public Wire() {}

    /**
     * Writes a header before a body that is there already.
     *
     * @param memory where the datagram lies.
     * @param offset where its header begins.
     * @param length bytes of header and body.
     * @param protocol which mechanism.
     * @param type what it is.
     * @param flags by the type.
     * @param connectionId whose it is.
     */
    public void seal(
            final Memory memory,
            final int offset,
            final int length,
            final byte protocol,
            final byte type,
            final int flags,
            final long connectionId) {
        final UnsafeBuffer view = memory.view();
        view.putByte(offset, MAGIC);
        view.putByte(offset + PROTOCOL, protocol);
        view.putByte(offset + TYPE, type);
        view.putByte(offset + FLAGS, (byte) flags);
        view.putLong(offset + CONNECTION, connectionId, ByteOrder.LITTLE_ENDIAN);
        view.putInt(offset + CRC, checksum(memory, offset, length), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Judges a datagram that came.
     *
     * @param memory where it lies.
     * @param offset where its header begins.
     * @param length its bytes.
     * @param protocol which mechanism is spoken here.
     * @return what is found.
     */
    public Check check(final Memory memory, final int offset, final int length, final byte protocol) {
        if (length < HEADER_BYTES) {
            return Check.TRUNCATED;
        }
        final UnsafeBuffer view = memory.view();
        if (view.getByte(offset) != MAGIC || view.getByte(offset + PROTOCOL) != protocol) {
            return Check.FOREIGN;
        }
        return view.getInt(offset + CRC, ByteOrder.LITTLE_ENDIAN) == checksum(memory, offset, length)
                ? Check.GOOD
                : Check.CORRUPT;
    }

    /**
     * What it is.
     *
     * @param buffer where the datagram lies.
     * @param offset where its header begins.
     * @return the type.
     */
    public static byte type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE);
    }

    /**
     * The flags.
     *
     * @param buffer where the datagram lies.
     * @param offset where its header begins.
     * @return 0 to 255.
     */
    public static int flags(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + FLAGS) & 0xff;
    }

    /**
     * Whose it is.
     *
     * @param buffer where the datagram lies.
     * @param offset where its header begins.
     * @return the connection id.
     */
    public static long connectionId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CONNECTION, ByteOrder.LITTLE_ENDIAN);
    }

    private int checksum(final Memory memory, final int offset, final int length) {
        final ByteBuffer bytes = memory.bytes();
        crc.reset();
        crc.update(bytes.limit(offset + CRC).position(offset));
        crc.update(bytes.limit(offset + length).position(offset + CONNECTION));
        return (int) crc.getValue();
    }
}
