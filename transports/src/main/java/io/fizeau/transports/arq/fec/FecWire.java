package io.fizeau.transports.arq.fec;

import io.fizeau.transports.arq.code.BlockCode;
import io.fizeau.transports.arq.nak.NakMachine;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The body of a repair datagram; {@link ForwardErrorCorrection} has it as a table. Pure functions. */
final class FecWire {
    static final byte REPAIR = NakMachine.FIRST_OF_REDUNDANCY;
    static final int REPAIR_BYTES = 8;

    private static final int FIRST = 0;
    private static final int PIECES = 4;
    private static final int REPAIRS = 5;
    private static final int LENGTH = 6;

    private FecWire() {}

    /** Whether a datagram can be a repair, for payloads up to a length. */
    static boolean isWhole(
            final byte type,
            final int row,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int payloadBytes) {
        final int coded = length - REPAIR_BYTES;
        return type == REPAIR
                && coded > BlockCode.LENGTH_BYTES
                && coded <= BlockCode.LENGTH_BYTES + payloadBytes
                && (buffer.getShort(offset + LENGTH, ByteOrder.LITTLE_ENDIAN) & 0xffff) == coded
                && pieces(buffer, offset) >= 1
                && pieces(buffer, offset) <= FecOptions.MOST_PIECES
                && repairs(buffer, offset) >= 1
                && repairs(buffer, offset) <= FecOptions.MOST_REPAIRS
                && row < repairs(buffer, offset);
    }

    static void putRepair(
            final UnsafeBuffer buffer,
            final int at,
            final long first,
            final int pieces,
            final int repairs,
            final int codedBytes) {
        buffer.putInt(at + FIRST, (int) first, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(at + PIECES, (byte) pieces);
        buffer.putByte(at + REPAIRS, (byte) repairs);
        buffer.putShort(at + LENGTH, (short) codedBytes, ByteOrder.LITTLE_ENDIAN);
    }

    static int first(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at + FIRST, ByteOrder.LITTLE_ENDIAN);
    }

    static int pieces(final DirectBuffer buffer, final int at) {
        return buffer.getByte(at + PIECES);
    }

    static int repairs(final DirectBuffer buffer, final int at) {
        return buffer.getByte(at + REPAIRS);
    }
}
