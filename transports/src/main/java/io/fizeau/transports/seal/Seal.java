package io.fizeau.transports.seal;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Opening;
import io.fizeau.core.layer.Transform;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** One end of a connection whose messages are sealed. Allocates what the JDK's ciphers allocate, and nothing else. */
final class Seal implements Transform {
    private final Handshake handshake;
    private final boolean isReliable;
    private @Nullable String complaint; // the delivering thread, as the next one
    private boolean isHearing;

    Seal(final Handshake handshake, final boolean isReliable) {
        this.handshake = handshake;
        this.isReliable = isReliable;
    }

    @Override
    public Opening opening() {
        return handshake;
    }

    @Override
    public int encode(
            final DirectBuffer message, final int offset, final int length, final MutableDirectBuffer target) {
        return Objects.requireNonNull(handshake.sealer(), "not open").seal(message, offset, length, target);
    }

    @Override
    public void onAccepted() {
        Objects.requireNonNull(handshake.sealer(), "not open").onTaken();
    }

    @Override
    public Decoded decode(final DirectBuffer encoded, final int offset, final int length, final DirectBuffer message) {
        isHearing = false;
        if (length < Wire.HEADER_BYTES) {
            return refuse("it is too short for a sealed message");
        }
        final long header = encoded.getLong(offset, Wire.ORDER);
        if (Wire.kind(header) != Wire.SEALED) {
            isHearing = Wire.kind(header) <= Wire.FINISH;
            return isHearing ? Decoded.OPENING : refuse("it is no sealed message");
        }
        final Unsealer.Outcome outcome = handshake.open(header, encoded, offset, length, message);
        if (outcome == null) {
            return refuse("it came before the opening exchange");
        }
        return switch (outcome) {
            case OPENED -> Decoded.MESSAGE;
            case FORGED -> refuse("it was altered, or sealed with another key");
            case REPEATED -> refuseRepeated();
        };
    }

    @Override
    public @Nullable String complaint() {
        return isHearing ? handshake.complaint() : complaint;
    }

    private Decoded refuse(final String why) {
        complaint = why;
        return isReliable ? Decoded.REJECTED : Decoded.DROPPED;
    }

    /** Networks repeat a datagram now and then. Nothing else repeats a message by itself. */
    private Decoded refuseRepeated() {
        final Decoded refused = refuse("a sealed message came twice");
        if (!isReliable) {
            complaint = null;
        }
        return refused;
    }
}
