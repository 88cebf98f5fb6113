package io.fizeau.transports.tls.channel;

import io.fizeau.transports.socket.PeerRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The half of a {@link TlsChannel} that seals: it keeps what the socket did not take of one write, and knows whether the engine has
 * something to tell the peer. Written to by one thread at a time; the driving thread may say meanwhile that a record is owed.
 */
final class TlsOutput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private final SocketChannel socket;
    private final SSLEngine engine;
    private final ReentrantLock writing = new ReentrantLock();

    // Under the lock for writing.
    private ByteBuffer outgoing;
    private final LeftOver unwritten = new LeftOver();
    private final int longestRecordBytes;

    private final AtomicInteger askedBytes =
            new AtomicInteger(); // added to by the driving thread, cleared under the lock
    private volatile boolean hasUnwritten; // under the lock
    private volatile boolean owesRecord; // by the driving thread, and under the lock

    TlsOutput(final SocketChannel socket, final SSLEngine engine, final ByteBuffer outgoing) {
        this.socket = socket;
        this.engine = engine;
        this.outgoing = outgoing;
        this.longestRecordBytes = engine.getSession().getPacketBufferSize();
    }

    /**
     * The engine has something to tell the peer. By the driving thread.
     *
     * @param bytes how long the record was in which the peer asked for it, or 0 if it did not ask.
     * @return how long all were in which it asked since everything was last answered.
     */
    int oweFor(final int bytes) {
        final int asked = askedBytes.addAndGet(bytes);
        owesRecord = true;
        return asked;
    }

    boolean hasUnwritten() {
        return hasUnwritten;
    }

    boolean wantsWrite() {
        return hasUnwritten || owesRecord;
    }

    /** Takes another buffer, which it shares with no channel that another thread writes to. */
    void sealsIn(final ByteBuffer buffer) {
        writing.lock();
        try {
            outgoing = buffer;
        } finally {
            writing.unlock();
        }
    }

    /** As {@link TlsChannel#write} does. */
    int write(final ByteBuffer source) throws IOException {
        writing.lock();
        try {
            if (hasUnwritten && !writeOut(unwritten.bytes())) {
                return 0;
            }
            final int start = source.position();
            do {
                seal(source);
                if (!writeOut(outgoing.flip())) {
                    unwritten.keep(outgoing);
                    break;
                }
            } while (source.hasRemaining());
            return source.position() - start;
        } finally {
            writing.unlock();
        }
    }

    /** Fills the buffer with records: the bytes given, and what the engine has to tell its peer. */
    private void seal(final ByteBuffer source) throws IOException {
        outgoing.clear();
        while (outgoing.remaining() >= longestRecordBytes && (source.hasRemaining() || owesRecord)) {
            final int before = source.remaining();
            final boolean wasOwed = owesRecord;
            if (wasOwed) {
                // Before the call: what the driving thread finds owed during it stays owed.
                owesRecord = false;
            }
            final SSLEngineResult result = wrap(source);
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                owesRecord = true;
            } else if (wasOwed) {
                askedBytes.set(0);
            }
            if (source.remaining() == before) {
                if (result.getStatus() == Status.CLOSED) {
                    throw new IOException("TLS takes no more bytes");
                }
                if (result.bytesProduced() == 0) {
                    return;
                }
            }
        }
    }

    /** An engine that throws has stumbled over what the peer sent: nothing that the socket says. */
    private SSLEngineResult wrap(final ByteBuffer source) throws PeerRefusedException {
        try {
            return engine.wrap(source, outgoing);
        } catch (final SSLException | RuntimeException e) {
            throw TlsChannel.refused(e);
        }
    }

    private boolean writeOut(final ByteBuffer sealed) throws IOException {
        if (sealed.hasRemaining()) {
            socket.write(sealed);
        }
        hasUnwritten = sealed.hasRemaining();
        return !hasUnwritten;
    }

    /**
     * One attempt at an alert that waits, or else the orderly end; not if it would come in the middle of a record. Whoever writes at
     * this moment is not waited for: the peer sees the end of the stream all the same.
     */
    void sayGoodbye() {
        if (!writing.tryLock()) {
            return;
        }
        try {
            engine.closeOutbound();
            final ByteBuffer goodbye = ByteBuffer.allocate(longestRecordBytes);
            engine.wrap(NOTHING, goodbye);
            if (!hasUnwritten && goodbye.flip().hasRemaining()) {
                socket.write(goodbye);
            }
            engine.closeInbound();
        } catch (final IOException | RuntimeException e) {
            hasUnwritten = true; // the peer is gone, or has not said its own goodbye: there is nobody to tell
        } finally {
            writing.unlock();
        }
    }
}
