package io.fizeau.transports.tcpblocking;

import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The sending half of a connection: one write for each message, length and body together, or one for many where they are
 * gathered. Waits while the socket takes nothing. Belongs to the sending thread.
 */
final class TcpBlockingSender {
    private final Lifecycle life;
    private final FrameWriter out;
    private final int maxMessageBytes;
    private final boolean isGathering;

    private OutputStream stream = OutputStream.nullOutputStream(); // by the connecting thread, before it opens
    private volatile boolean isBroken; // by the sending thread
    private volatile boolean wasReset; // by the sending thread

    TcpBlockingSender(final Lifecycle life, final SocketOptions options) {
        this.life = life;
        this.out = FrameWriter.onHeap(options.gathersBytes());
        this.maxMessageBytes = options.maxMessageBytes();
        this.isGathering = options.gathersBytes() > 0;
    }

    /** Whether the socket takes nothing more, ever. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether a write was told that the peer has reset the connection. */
    boolean wasReset() {
        return wasReset;
    }

    SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (isBroken || !life.isOpen()) {
            return notOpen();
        }
        if (length > maxMessageBytes) {
            return SendStatus.TOO_LONG;
        }
        if (!out.append(buffer, offset, length)) {
            if (!out.grow(length) && !write()) {
                return SendStatus.CLOSED;
            }
            out.grow(length);
            out.append(buffer, offset, length);
        }
        return isGathering || write() ? SendStatus.ACCEPTED : SendStatus.CLOSED;
    }

    SendStatus flush() {
        if (isBroken || !life.isOpen()) {
            return notOpen();
        }
        return out.isEmpty() || write() ? SendStatus.ACCEPTED : SendStatus.CLOSED;
    }

    /** From now on there is a stream to write to; before the connection is open. */
    void connected(final OutputStream socketStream) {
        stream = socketStream;
    }

    /** Writes all that waits, and waits until it is written; false if it never will be. */
    private boolean write() {
        try {
            stream.write(out.unwritten().array(), out.unwrittenOffset(), out.unwrittenBytes());
            return true;
        } catch (final IOException e) {
            // The reading thread will find the end of the stream, after what the peer sent before it.
            isBroken = true;
            wasReset = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
            return false;
        } finally {
            out.clear();
        }
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }
}
