package io.fizeau.transports.aeron.node;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the two ends say to each other beside the messages. The first message of a stream introduces it: a hello from the
 * connecting end, a welcome with the hello's token from the listening one. After that a stream carries nothing but the user's
 * messages, until a goodbye: an empty fragment that belongs to no message, which any reassembly ignores. Aeron's streams deliver
 * each once and in order, so an introduction is neither lost nor doubled.
 *
 * <pre>{@code
 *  offset  bytes  field (little-endian)
 *       0      8  magic, with the version of this protocol
 *       8      4  kind: 1 hello, 2 welcome
 *      12      8  token, made by the connecting end
 *      20      4  port at which the connecting end awaits the way back; 0 in shared memory
 *      24      4  its stream
 *      28      4  0
 * }</pre>
 *
 * <p>Used by one thread.
 */
final class Greeting implements ControlledFragmentHandler {
    /** What the first message of a stream was. */
    enum Kind {
        /** It has not come yet. */
        NONE(0),
        /** A connecting end introduces itself. */
        HELLO(1),
        /** A listening end answers. */
        WELCOME(2),
        /** Not of this protocol. */
        GARBAGE(-1);

        private final int code;

        Kind(final int code) {
            this.code = code;
        }
    }

    private static final long MAGIC = 0x0001_5541_455a_4946L; // "FIZEAU", version 1
    private static final int KIND_OFFSET = 8;
    private static final int TOKEN_OFFSET = 12;
    private static final int PORT_OFFSET = 20;
    private static final int STREAM_OFFSET = 24;
    private static final int LENGTH = 32;
    private static final int LARGEST_PORT = 65_535;
    private static final long GOODBYE = 0x4559_4244_4f4f_47L; // "GOODBYE"
    private static final byte NO_FLAGS = 0;

    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
    private Kind kind = Kind.NONE;
    private long token;
    private int port;
    private int streamId;

    /** Looks for the introduction of a stream. */
    Kind read(final Image image) {
        kind = Kind.NONE;
        image.controlledPoll(this, 1);
        return kind;
    }

    long token() {
        return token;
    }

    int port() {
        return port;
    }

    int streamId() {
        return streamId;
    }

    /** Offers a hello; false if it has to be offered again. */
    boolean sendHello(
            final ExclusivePublication publication, final long ownToken, final int ownPort, final int ownStreamId) {
        return send(publication, Kind.HELLO, ownToken, ownPort, ownStreamId);
    }

    /** Offers a welcome; false if it has to be offered again. */
    boolean sendWelcome(final ExclusivePublication publication, final long peersToken) {
        return send(publication, Kind.WELCOME, peersToken, 0, 0);
    }

    /** Offers a goodbye; false if it could not be sent. */
    boolean sendGoodbye(final ExclusivePublication publication) {
        return publication.offer(buffer, 0, 0, Greeting::markGoodbye) > 0;
    }

    /** Whether a fragment that is no whole message is a goodbye. */
    static boolean isGoodbye(final int length, final Header header) {
        return length == 0 && header.flags() == NO_FLAGS && header.reservedValue() == GOODBYE;
    }

    @Override
    public Action onFragment(final DirectBuffer fragment, final int offset, final int length, final Header header) {
        kind = Kind.GARBAGE;
        if (length == LENGTH
                && header.flags() == FrameDescriptor.UNFRAGMENTED
                && fragment.getLong(offset, ByteOrder.LITTLE_ENDIAN) == MAGIC) {
            token = fragment.getLong(offset + TOKEN_OFFSET, ByteOrder.LITTLE_ENDIAN);
            port = fragment.getInt(offset + PORT_OFFSET, ByteOrder.LITTLE_ENDIAN);
            streamId = fragment.getInt(offset + STREAM_OFFSET, ByteOrder.LITTLE_ENDIAN);
            final int code = fragment.getInt(offset + KIND_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (code == Kind.HELLO.code && port >= 0 && port <= LARGEST_PORT) {
                kind = Kind.HELLO;
            } else if (code == Kind.WELCOME.code) {
                kind = Kind.WELCOME;
            }
        }
        return Action.BREAK;
    }

    private boolean send(
            final ExclusivePublication publication,
            final Kind what,
            final long sentToken,
            final int sentPort,
            final int sentStreamId) {
        buffer.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(KIND_OFFSET, what.code, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(TOKEN_OFFSET, sentToken, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(PORT_OFFSET, sentPort, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(STREAM_OFFSET, sentStreamId, ByteOrder.LITTLE_ENDIAN);
        return publication.offer(buffer, 0, LENGTH) > 0;
    }

    // Called before the frame is published, so its flags are still ours to change.
    private static long markGoodbye(final DirectBuffer termBuffer, final int termOffset, final int frameLength) {
        ((MutableDirectBuffer) termBuffer).putByte(termOffset + DataHeaderFlyweight.FLAGS_FIELD_OFFSET, NO_FLAGS);
        return GOODBYE;
    }
}
