package io.fizeau.transports.arq.nak;

import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The bodies of the datagrams; {@link NakBased} has them as a table. Pure functions. */
final class NakWire {
    static final byte DATA = Wire.FIRST_OF_MECHANISM;
    static final byte STATUS = Wire.FIRST_OF_MECHANISM + 1;
    static final byte REQUEST = Wire.FIRST_OF_MECHANISM + 2;
    static final byte HEARTBEAT = Wire.FIRST_OF_MECHANISM + 3;

    static final int DATA_BYTES = 6;
    static final int REPORT_BYTES = 10;
    static final int STATUS_BYTES = REPORT_BYTES + 4;
    static final int RANGE_BYTES = 8;
    static final int HEARTBEAT_BYTES = 8;

    /** The most ranges of one request. */
    static final int MOST_RANGES = 16;

    /** Flag of DATA: it was sent before. */
    static final int AGAIN = 0x80;

    /** Bits of DATA's flags that redundancy may use. */
    static final int REDUNDANCY_FLAGS = 0x1f;

    /** Flag of STATUS: it answers a heartbeat. */
    static final int IS_ANSWER = 1;

    private static final int NUMBER = 0;
    private static final int LENGTH = 4;
    private static final int RELEASE = 0;
    private static final int CREDIT = 4;
    private static final int DUPLICATES = 8;
    private static final int ANSWERED = 10;
    private static final int END = 0;
    private static final int COUNT = 4;

    private NakWire() {}

    /** Whether a body is as its type asks for. */
    static boolean isWhole(
            final byte type,
            final int flags,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int payloadBytes) {
        return switch (type) {
            case DATA ->
                (flags & ~(AGAIN | REDUNDANCY_FLAGS)) == 0
                        && length > DATA_BYTES
                        && length - DATA_BYTES <= payloadBytes
                        && (buffer.getShort(offset + LENGTH, ByteOrder.LITTLE_ENDIAN) & 0xffff) == length - DATA_BYTES;
            case STATUS -> length == STATUS_BYTES && flags <= IS_ANSWER;
            case REQUEST -> flags >= 1 && flags <= MOST_RANGES && length == REPORT_BYTES + flags * RANGE_BYTES;
            case HEARTBEAT -> length == HEARTBEAT_BYTES;
            default -> false;
        };
    }

    static void putPiece(final UnsafeBuffer buffer, final int at, final long number, final int length) {
        buffer.putInt(at + NUMBER, (int) number, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(at + LENGTH, (short) length, ByteOrder.LITTLE_ENDIAN);
    }

    static int number(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + NUMBER, ByteOrder.LITTLE_ENDIAN);
    }

    static void putReport(
            final UnsafeBuffer buffer, final int at, final long release, final long credit, final int duplicates) {
        buffer.putInt(at + RELEASE, (int) release, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + CREDIT, (int) credit, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(at + DUPLICATES, (short) duplicates, ByteOrder.LITTLE_ENDIAN);
    }

    static int release(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + RELEASE, ByteOrder.LITTLE_ENDIAN);
    }

    static int credit(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + CREDIT, ByteOrder.LITTLE_ENDIAN);
    }

    static short duplicates(final DirectBuffer buffer, final int at) {
        return buffer.getShort(at + DUPLICATES, ByteOrder.LITTLE_ENDIAN);
    }

    static void putAnswered(final UnsafeBuffer buffer, final int at, final int heartbeat) {
        buffer.putInt(at + ANSWERED, heartbeat, ByteOrder.LITTLE_ENDIAN);
    }

    static int answered(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + ANSWERED, ByteOrder.LITTLE_ENDIAN);
    }

    static void putRange(final UnsafeBuffer buffer, final int at, final int index, final long from, final long to) {
        final int range = at + REPORT_BYTES + index * RANGE_BYTES;
        buffer.putInt(range, (int) from, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(range + 4, (int) to, ByteOrder.LITTLE_ENDIAN);
    }

    static int from(final DirectBuffer buffer, final int at, final int index) {
        return buffer.getInt(at + REPORT_BYTES + index * RANGE_BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    static int to(final DirectBuffer buffer, final int at, final int index) {
        return buffer.getInt(at + REPORT_BYTES + index * RANGE_BYTES + 4, ByteOrder.LITTLE_ENDIAN);
    }

    static void putHeartbeat(final UnsafeBuffer buffer, final int at, final long end, final int count) {
        buffer.putInt(at + END, (int) end, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + COUNT, count, ByteOrder.LITTLE_ENDIAN);
    }

    static int end(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + END, ByteOrder.LITTLE_ENDIAN);
    }

    static int count(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + COUNT, ByteOrder.LITTLE_ENDIAN);
    }
}
