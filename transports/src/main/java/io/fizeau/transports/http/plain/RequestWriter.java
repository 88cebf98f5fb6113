package io.fizeau.transports.http.plain;

import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.MessageWriter;
import io.fizeau.transports.http.protocol.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Lays messages into the bodies of requests: what comes together while the peer has the turn is the next one. The header lies before the
 * first message from the start, with room for the digits of the length.
 */
final class RequestWriter implements MessageWriter {
    private static final int LENGTH_DIGITS = 10;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Turns turns;
    private final String authority;
    private FrameWriter filling;
    private FrameWriter leaving;
    private byte[] head = {};
    private volatile boolean isFilled; // whoever sends
    private volatile boolean isEmptyDue; // whoever ticks, and whoever sends

    /**
     * Starts with the request that opens a session.
     *
     * @param turns whose turn it is.
     * @param authority host and port, for the header.
     * @param bodyBytes how long a body may be.
     * @param introduction what the opening request says.
     */
    RequestWriter(final Turns turns, final String authority, final int bodyBytes, final byte[] introduction) {
        this.turns = turns;
        this.authority = authority;
        final byte[] opening = head(Protocol.OPEN_BOUND);
        final int headBytes = head(Protocol.SESSIONS + ".".repeat(Protocol.NAME_BYTES)).length;
        this.filling = FrameWriter.direct(headBytes + bodyBytes);
        this.leaving = FrameWriter.direct(headBytes + bodyBytes);
        leaving.appendRaw(opening);
        leaving.appendRaw(introduction);
        writeLength(leaving, opening.length);
        turns.asked();
    }

    private byte[] head(final String path) {
        return ("POST " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nContent-Length: " + " ".repeat(LENGTH_DIGITS)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean append(final DirectBuffer source, final int offset, final int length) {
        prepare();
        if (filling.append(source, offset, length)) {
            isFilled = true;
            return true;
        }
        return false;
    }

    @Override
    public boolean grow(final int length) {
        prepare();
        return filling.grow(length);
    }

    @Override
    public boolean isEmpty() {
        return !isFilled && leaving.isEmpty();
    }

    @Override
    public int unwrittenBytes() {
        if (leaving.isEmpty() && isDue()) {
            seal();
        }
        return leaving.unwrittenBytes();
    }

    @Override
    public ByteBuffer unwritten() {
        return leaving.unwritten();
    }

    @Override
    public boolean written(final int count) {
        return leaving.written(count);
    }

    @Override
    public void clear() {
        filling.clear();
        leaving.clear();
        isFilled = false;
        isEmptyDue = false;
    }

    @Override
    public boolean isDue() {
        return turns.isOurs() && (isFilled || isEmptyDue || turns.isEmptyOnly());
    }

    @Override
    public void tick(final long nowNs) {
        if (turns.isQuietTooLong(nowNs)) {
            isEmptyDue = true;
        }
    }

    /** What has come together is a request now, and the turn is the peer's once it is written. */
    private void seal() {
        prepare();
        isEmptyDue = false;
        turns.asked();
        if (turns.isEmptyOnly() || !isFilled) {
            leaving.appendRaw(head);
            writeLength(leaving, head.length);
            return;
        }
        final FrameWriter full = filling;
        filling = leaving;
        leaving = full;
        isFilled = false;
        writeLength(leaving, head.length);
    }

    /** Puts the head in its place, once it is known and as often as the place is empty. */
    private void prepare() {
        if (head.length == 0) {
            head = head(Protocol.SESSIONS + new String(turns.name(), StandardCharsets.US_ASCII));
        }
        if (filling.isEmpty()) {
            filling.appendRaw(head);
        }
    }

    private static void writeLength(final FrameWriter request, final int headBytes) {
        final ByteBuffer bytes = request.unwritten();
        int rest = request.unwrittenBytes() - headBytes;
        int place = bytes.position() + headBytes - END_OF_HEAD.length;
        for (int i = 0; i < LENGTH_DIGITS; i++) {
            place--;
            final boolean isDigit = rest > 0 || i == 0;
            bytes.put(place, (byte) (isDigit ? '0' + rest % 10 : ' '));
            rest /= 10;
        }
    }
}
