package io.fizeau.transports.tls.channel;

import io.fizeau.transports.nio.ConnectionChannel;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.tls.context.TlsErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS between a socket and the bytes of a connection. What a handshake has to compute is computed on the driving thread.
 *
 * <p>It holds at most a record that has come in part and what was read behind it ({@link #incoming} at the most), one record's
 * bytes that its reader had no room for, and what the socket did not take of one write (as much at the most). The engine
 * itself believes in no longer record and no longer handshake message than the standard allows.
 */
final class TlsChannel implements ConnectionChannel {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /**
     * How much a client may say without a byte of a message in it, some forty requests for new keys: the JDK's engine answers each
     * of them, and keeps the answer with a cipher of its own.
     */
    private static final int MOST_IDLE_BYTES_OF_CLIENT = 1 << 10;
    /** The same for a server, which gives its clients tickets, each with their certificate in it, before its first byte. */
    private static final int MOST_IDLE_BYTES_OF_SERVER = 32 << 10;

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final TlsOutput output;
    private final Supplier<ByteBuffer> outgoingOnceOpen;

    // Of the driving thread.
    private final ByteBuffer incoming;
    private final ByteBuffer plain;
    private final LeftOver unread = new LeftOver();
    private final LeftOver undelivered = new LeftOver();
    private boolean mayUnwrap;
    private boolean hasEnded;
    private boolean hasHeard;
    private int idleBytes; // since the last byte of a message

    private volatile boolean hasBegun; // by the driving thread

    TlsChannel(
            final SocketChannel socket,
            final SSLEngine engine,
            final ByteBuffer incoming,
            final ByteBuffer plain,
            final ByteBuffer outgoing,
            final Supplier<ByteBuffer> outgoingOnceOpen) {
        this.socket = socket;
        this.engine = engine;
        this.incoming = incoming;
        this.plain = plain;
        this.output = new TlsOutput(socket, engine, outgoing);
        this.outgoingOnceOpen = outgoingOnceOpen;
    }

    @Override
    public boolean handshake() throws IOException {
        try {
            if (!hasBegun) {
                engine.beginHandshake();
                hasBegun = true;
            }
            return shakeHands();
        } catch (final PeerRefusedException e) {
            throw e;
        } catch (final SSLException | RuntimeException e) {
            throw refused(e);
        } catch (final IOException e) {
            if (hasHeard == engine.getUseClientMode()) {
                throw e; // an accepted peer that came and went without a word, or a server that was one
            }
            throw new PeerRefusedException(
                    hasHeard
                            ? "it ended the connection in the handshake"
                            : "it ended the connection at the first bytes: start both ends with the same transport",
                    e);
        }
    }

    private boolean shakeHands() throws IOException {
        boolean isAgain = true;
        while (isAgain) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    output.oweFor(0);
                    output.write(NOTHING);
                    isAgain = !output.hasUnwritten();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> isAgain = readHandshake();
                case FINISHED, NOT_HANDSHAKING -> {
                    mayUnwrap = !unread.isEmpty();
                    output.write(NOTHING);
                    if (output.hasUnwritten()) {
                        return false;
                    }
                    output.sealsIn(outgoingOnceOpen.get());
                    return true;
                }
            }
        }
        return false;
    }

    /** Takes in one read at the most; true if it moved something on. */
    private boolean readHandshake() throws IOException {
        final int count = fill();
        boolean hasMoved = false;
        HandshakeStatus status = HandshakeStatus.NEED_UNWRAP;
        while (status == HandshakeStatus.NEED_UNWRAP || status == HandshakeStatus.NEED_UNWRAP_AGAIN) {
            final SSLEngineResult result = engine.unwrap(incoming, plain.clear());
            if (result.getStatus() == Status.CLOSED) {
                throw new IOException("the peer ended the connection in the handshake");
            }
            keepPlain();
            status = result.getHandshakeStatus();
            if (result.bytesConsumed() == 0) {
                hasMoved |= status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP;
                break;
            }
            hasMoved = true;
        }
        unread.keep(incoming);
        if (count < 0 && !hasMoved) {
            throw new IOException("the peer ended the connection in the handshake");
        }
        return hasMoved;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        final int left = undelivered.moveTo(target);
        if (left > 0) {
            return left;
        }
        if (hasEnded) {
            return -1;
        }
        try {
            return unwrap(target);
        } catch (final SSLException | RuntimeException e) {
            throw refused(e);
        }
    }

    private int unwrap(final ByteBuffer target) throws IOException {
        final int count = mayUnwrap ? refill() : fill();
        if (count == 0 && !mayUnwrap) {
            unread.keep(incoming);
            return 0;
        }
        final int start = target.position();
        Status status = Status.OK;
        while (status == Status.OK && incoming.hasRemaining() && target.hasRemaining() && undelivered.isEmpty()) {
            SSLEngineResult result = engine.unwrap(incoming, target);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                result = engine.unwrap(incoming, plain.clear());
                keepPlain();
                undelivered.moveTo(target);
            }
            status = result.getStatus();
            settle(result);
        }
        hasEnded = status == Status.CLOSED;
        mayUnwrap = hasEnded || (status == Status.OK && incoming.hasRemaining());
        unread.keep(incoming);
        final int moved = target.position() - start;
        if (moved > 0) {
            return moved;
        }
        if (hasEnded) {
            return -1;
        }
        if (count < 0) {
            throw new IOException("the peer's stream was cut off");
        }
        return 0;
    }

    /** What came beside the bytes of the connection, such as a request for new keys. */
    private void settle(final SSLEngineResult result) throws PeerRefusedException {
        boolean isOwed = false;
        if (result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            runTasks();
            isOwed = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
        if (result.bytesProduced() == 0) {
            settleIdle(result.bytesConsumed(), isOwed);
            return;
        }
        idleBytes = 0;
        if (isOwed) {
            output.oweFor(0);
        }
    }

    private void settleIdle(final int bytes, final boolean isOwed) throws PeerRefusedException {
        idleBytes += bytes;
        final int askedBytes = isOwed ? output.oweFor(bytes) : 0;
        final int most = engine.getUseClientMode() ? MOST_IDLE_BYTES_OF_SERVER : MOST_IDLE_BYTES_OF_CLIENT;
        if (idleBytes > most || askedBytes > most) {
            throw new PeerRefusedException(
                    "it sends record after record without a message, such as requests for new keys");
        }
    }

    private void keepPlain() {
        if (plain.flip().hasRemaining()) {
            undelivered.keep(plain);
        }
    }

    /** Puts what is left over, and behind it what the socket has, into the node's buffer; gives what the read gave. */
    private int fill() throws IOException {
        incoming.clear();
        unread.moveTo(incoming);
        final int count = socket.read(incoming);
        hasHeard |= count > 0;
        incoming.flip();
        return count;
    }

    /** The same without a read: there are whole records left. */
    private int refill() {
        incoming.clear();
        unread.moveTo(incoming);
        incoming.flip();
        return 0;
    }

    @Override
    public int write(final ByteBuffer source) throws IOException {
        return output.write(source);
    }

    @Override
    public boolean hasInput() {
        return mayUnwrap || !undelivered.isEmpty();
    }

    @Override
    public boolean wantsWrite() {
        return output.wantsWrite();
    }

    @Override
    public void close() throws IOException {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (hasBegun && socket.isConnected()) {
                output.sayGoodbye();
            }
        } finally {
            socket.close();
        }
    }

    /** Also what an engine throws that stumbles over what its peer sent: it must not stop the loop for the others. */
    static PeerRefusedException refused(final Exception e) {
        return new PeerRefusedException(TlsErrors.reason(e), e);
    }
}
