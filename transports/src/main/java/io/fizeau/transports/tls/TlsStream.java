package io.fizeau.transports.tls;

import io.fizeau.core.address.HostPort;
import io.fizeau.transports.blocking.BlockingStream;
import io.fizeau.transports.blocking.Deadline;
import io.fizeau.transports.blocking.SocketStream;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.tls.context.TlsContexts;
import io.fizeau.transports.tls.context.TlsErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * TLS over the streams of a socket. Until its handshake is done, whoever closes it closes the socket below, so that nobody waits
 * for a peer that does not answer.
 */
final class TlsStream implements BlockingStream {
    /** How long a close may take to tell the peer. */
    private static final long GOODBYE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String HANDSHAKE_ENDED = "it ended the connection in the handshake";

    private final SocketStream tcp;
    private final TlsContexts contexts;
    private final long connectTimeoutNs;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private InputStream input = InputStream.nullInputStream(); // by the delivering thread, before it opens
    private OutputStream output = OutputStream.nullOutputStream(); // by the delivering thread, before it opens
    private volatile @Nullable SSLSocket secured; // by the delivering thread, when the handshake is done
    private volatile boolean isWriting; // by the sending thread

    /**
     * Creates it; nothing is sent.
     *
     * @param tcp the socket's own stream, which this one owns.
     * @param contexts keys and trust.
     * @param connectTimeoutNs how long a connect may take, handshake included.
     */
    TlsStream(final SocketStream tcp, final TlsContexts contexts, final long connectTimeoutNs) {
        this.tcp = tcp;
        this.contexts = contexts;
        this.connectTimeoutNs = connectTimeoutNs;
    }

    @Override
    public void connect() throws IOException {
        final long beganNs = System.nanoTime();
        tcp.connect();
        final Socket socket = tcp.socket();
        final int readTimeoutMs = socket.getSoTimeout();
        socket.setSoTimeout(0);
        try (Deadline deadline = Deadline.closing(tcp::close, connectTimeoutNs - (System.nanoTime() - beganNs))) {
            try {
                shakeHands(contexts.clientSocket(socket));
            } catch (final PeerRefusedException e) {
                throw e;
            } catch (final IOException e) {
                throw deadline.hasPassed()
                        ? PeerRefusedException.ofSilence(false, connectTimeoutNs)
                        : new PeerRefusedException(HANDSHAKE_ENDED + ": start both ends with the same transport", e);
            }
        }
        socket.setSoTimeout(readTimeoutMs);
    }

    @Override
    public void accept() throws IOException {
        tcp.accept();
        try {
            shakeHands(contexts.serverSocket(tcp.socket()));
        } catch (final PeerRefusedException e) {
            throw e;
        } catch (final IOException e) {
            // What it said of its reasons, if anything, is lost where it resets the connection. Who comes and goes
            // without
            // a word has done no harm.
            if (tcp.socket() instanceof WatchedSocket below && below.hasHeard()) {
                throw new PeerRefusedException(HANDSHAKE_ENDED, e);
            }
            throw e;
        }
    }

    private void shakeHands(final SSLSocket over) throws IOException {
        try {
            over.startHandshake();
        } catch (final SSLException e) {
            throw isBroken(e) ? e : new PeerRefusedException(TlsErrors.reason(e), e);
        }
        input = over.getInputStream();
        output = over.getOutputStream();
        secured = over;
    }

    /** Whether what the TLS implementation says is only that the connection below has ended. */
    private static boolean isBroken(final SSLException e) {
        final Throwable cause = e.getCause();
        return cause instanceof EOFException || cause instanceof SocketException;
    }

    @Override
    public int read(final ReceiveBuffer in) throws IOException {
        try {
            final int count = SocketStream.read(input, in);
            if (count < 0 && tcp.socket() instanceof WatchedSocket below && below.hasEnded()) {
                throw new IOException("the peer's stream was cut off");
            }
            return count;
        } catch (final SSLException e) {
            if (isBroken(e)) {
                throw e;
            }
            throw new PeerRefusedException(TlsErrors.reason(e), e);
        }
    }

    @Override
    public void write(final FrameWriter out) throws IOException {
        isWriting = true;
        try {
            SocketStream.write(output, out);
        } finally {
            isWriting = false;
        }
    }

    /** Tells the peer, unless that could mean to wait behind a write which waits for it. */
    @Override
    public void close() {
        final SSLSocket over = secured;
        if (over == null || isWriting) {
            tcp.close();
        } else if (isClosed.compareAndSet(false, true)) {
            final Deadline deadline = Deadline.closing(tcp::close, GOODBYE_NS);
            try {
                over.close();
            } catch (final IOException e) {
                // The peer has gone, or does not take its goodbye: the socket is closed all the same.
            } finally {
                deadline.close();
                tcp.close();
            }
        }
    }

    @Override
    public void closeNow() {
        tcp.close();
    }

    @Override
    public HostPort remote() {
        return tcp.remote();
    }

    @Override
    public ReceiveBuffer newReceiveBuffer(final int capacityBytes) {
        return tcp.newReceiveBuffer(capacityBytes);
    }

    @Override
    public FrameWriter newFrameWriter(final int gatherBytes) {
        return tcp.newFrameWriter(gatherBytes);
    }
}
