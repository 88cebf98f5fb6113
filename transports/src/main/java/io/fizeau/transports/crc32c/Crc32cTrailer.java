package io.fizeau.transports.crc32c;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Transform;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the checksum behind a message, little-endian, and checks it. The message itself stays where it is. */
final class Crc32cTrailer implements Transform {
    /** Length of the checksum. */
    static final int BYTES = Integer.BYTES;

    private final Checksum sent = new Checksum();
    private final Checksum received = new Checksum();
    private final Decoded refused;

    /**
     * One end of a connection.
     *
     * @param isReliable whether the transport below loses and alters nothing by itself, so that an altered message ends the
     *     connection; else it is dropped, as a lost one.
     */
    Crc32cTrailer(final boolean isReliable) {
        this.refused = isReliable ? Decoded.REJECTED : Decoded.DROPPED;
    }

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
            return refused;
        }
        message.wrap(encoded, offset, messageBytes);
        return Decoded.MESSAGE;
    }
}
