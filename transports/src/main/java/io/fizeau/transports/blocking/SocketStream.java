package io.fizeau.transports.blocking;

import io.fizeau.core.address.HostPort;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.socket.SocketOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP socket with its two plain streams. */
public final class SocketStream implements BlockingStream {
    private final Socket socket;
    private final HostPort remote;
    private final @Nullable InetSocketAddress target;
    private final SocketOptions options;
    private InputStream input = InputStream.nullInputStream(); // by the delivering thread, before it opens
    private OutputStream output = OutputStream.nullOutputStream(); // by the delivering thread, before it opens

    SocketStream(
            final Socket socket,
            final HostPort remote,
            final @Nullable InetSocketAddress target,
            final SocketOptions options) {
        this.socket = socket;
        this.remote = remote;
        this.target = target;
        this.options = options;
    }

    @Override
    public void connect() throws IOException {
        socket.connect(target, Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(options.connectTimeoutNs())));
        if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
            // A connect to a free local port from that very port meets itself: nobody listens there.
            throw new ConnectException("nobody listens at " + remote.text());
        }
        useStreams();
    }

    @Override
    public void accept() throws IOException {
        options.applyTo(socket::setOption, socket.supportedOptions());
        useStreams();
    }

    private void useStreams() throws IOException {
        input = socket.getInputStream();
        output = socket.getOutputStream();
    }

    @Override
    public int read(final ReceiveBuffer in) throws IOException {
        return read(input, in);
    }

    /**
     * Reads once from a stream into the array of a buffer.
     *
     * @param stream where from.
     * @param in takes what comes, and has room.
     * @return as {@link BlockingStream#read} does.
     * @throws IOException if the stream is broken.
     */
    public static int read(final InputStream stream, final ReceiveBuffer in) throws IOException {
        final int count;
        try {
            count = stream.read(in.array(), in.end(), in.capacity() - in.end());
        } catch (final SocketTimeoutException e) {
            return 0;
        }
        if (count > 0) {
            in.filled(count);
        }
        return count;
    }

    @Override
    public void write(final FrameWriter out) throws IOException {
        write(output, out);
    }

    /**
     * Writes all that waits in the array of a writer.
     *
     * @param stream where to.
     * @param out holds it, and is not changed.
     * @throws IOException if the stream is broken.
     */
    public static void write(final OutputStream stream, final FrameWriter out) throws IOException {
        stream.write(out.unwritten().array(), out.unwrittenOffset(), out.unwrittenBytes());
    }

    @Override
    public void close() {
        try (socket) {
            socket.shutdownOutput();
        } catch (final IOException e) {
            // Not connected yet, or the peer has gone: there is nobody to tell, and the socket is closed all the same.
            return;
        }
    }

    /**
     * The socket, for what is to be put onto it.
     *
     * @return the socket, which this stream owns.
     */
    public Socket socket() {
        return socket;
    }

    /** {@inheritDoc} */
    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public ReceiveBuffer newReceiveBuffer(final int capacityBytes) {
        return ReceiveBuffer.onHeap(capacityBytes);
    }

    @Override
    public FrameWriter newFrameWriter(final int gatherBytes) {
        return FrameWriter.onHeap(gatherBytes);
    }
}
