package io.fizeau.transports.arq.cumulative;

import io.fizeau.transports.datagram.wire.Wire;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The bodies of the datagrams; {@link GoBackN} has them as a table. Pure functions. */
final class CumulativeWire {
    static final byte DATA = Wire.FIRST_OF_MECHANISM;
    static final byte ACKNOWLEDGEMENT = Wire.FIRST_OF_MECHANISM + 1;
    static final byte PROBE = Wire.FIRST_OF_MECHANISM + 2;

    static final int ACKNOWLEDGEMENT_BYTES = 10;
    static final int DATA_BYTES = 16;

    private static final int ACKNOWLEDGED = 0;
    private static final int CREDIT = 4;
    private static final int DUPLICATES = 8;
    private static final int LENGTH = 10;
    private static final int NUMBER = 12;

    private CumulativeWire() {}

    /** Whether a body is as long as it says and its type asks for. */
    static boolean isWhole(
            final byte type, final DirectBuffer buffer, final int offset, final int length, final int payloadBytes) {
        return switch (type) {
            case DATA ->
                length > DATA_BYTES
                        && length - DATA_BYTES <= payloadBytes
                        && (buffer.getShort(offset + LENGTH, ByteOrder.LITTLE_ENDIAN) & 0xffff) == length - DATA_BYTES;
            case ACKNOWLEDGEMENT, PROBE -> length == ACKNOWLEDGEMENT_BYTES;
            default -> false;
        };
    }

    static void putAcknowledgement(
            final UnsafeBuffer buffer, final int at, final long acknowledged, final long credit, final int duplicates) {
        buffer.putInt(at + ACKNOWLEDGED, (int) acknowledged, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + CREDIT, (int) credit, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(at + DUPLICATES, (short) duplicates, ByteOrder.LITTLE_ENDIAN);
    }

    static void putPiece(final UnsafeBuffer buffer, final int at, final long number, final int length) {
        buffer.putShort(at + LENGTH, (short) length, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + NUMBER, (int) number, ByteOrder.LITTLE_ENDIAN);
    }

    static int acknowledged(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + ACKNOWLEDGED, ByteOrder.LITTLE_ENDIAN);
    }

    static int credit(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + CREDIT, ByteOrder.LITTLE_ENDIAN);
    }

    static short duplicates(final DirectBuffer buffer, final int at) {
        return buffer.getShort(at + DUPLICATES, ByteOrder.LITTLE_ENDIAN);
    }

    static int number(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + NUMBER, ByteOrder.LITTLE_ENDIAN);
    }
}
