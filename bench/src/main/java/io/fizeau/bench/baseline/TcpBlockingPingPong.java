package io.fizeau.bench.baseline;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Round trips over blocking socket streams: a write, a read, at both ends. */
final class TcpBlockingPingPong {
    private static final int ACCEPT_TIMEOUT_MS = 200;

    private TcpBlockingPingPong() {}

    /** One frame, prefix and message, of a known length. */
    private static int readFrame(final InputStream in, final byte[] frame) throws IOException {
        int count = 0;
        while (count < frame.length) {
            final int more = in.read(frame, count, frame.length - count);
            if (more < 0) {
                return count;
            }
            count += more;
        }
        return count;
    }

    /** The near end. */
    static final class Client implements RoundTrips {
        private final Patience patience;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final byte[] frame;
        private final UnsafeBuffer view;
        private final Frames frames;
        private final int messageBytes;
        private long next;

        Client(final LoopSettings settings, final HostPort server, final Patience patience) throws IOException {
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.frames = new Frames(messageBytes);
            this.frame = new byte[Frames.PREFIX_BYTES + messageBytes];
            this.view = new UnsafeBuffer(frame);
            this.socket = new Socket(server.host(), server.port());
            socket.setTcpNoDelay(true);
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        @Override
        public long roundTrip() {
            final long sequence = next++;
            view.putInt(0, messageBytes, ByteOrder.LITTLE_ENDIAN);
            frames.write(view, Frames.PREFIX_BYTES, sequence);
            try {
                out.write(frame);
                if (readFrame(in, frame) < frame.length) {
                    throw new EOFException("the server has closed the connection");
                }
            } catch (final IOException e) {
                throw patience.failure("the connection broke: " + e.getMessage(), e);
            }
            frames.check(view, Frames.PREFIX_BYTES, view.getInt(0, ByteOrder.LITTLE_ENDIAN), sequence);
            return sequence;
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The far end. */
    static final class Server implements Serving {
        private final LoopSettings settings;
        private final ServerSocket listening;

        Server(final LoopSettings settings) throws IOException {
            this.settings = settings;
            this.listening = new ServerSocket();
            listening.bind(HostPort.loopback().resolve());
            listening.setSoTimeout(ACCEPT_TIMEOUT_MS);
        }

        @Override
        public Address address() {
            return HostPort.of((InetSocketAddress) listening.getLocalSocketAddress());
        }

        @Override
        public void serve(final ServingRun run) throws IOException {
            while (true) {
                try (Socket socket = listening.accept()) {
                    socket.setTcpNoDelay(true);
                    echo(run, socket.getInputStream(), socket.getOutputStream());
                    return;
                } catch (final SocketTimeoutException e) {
                    if (!run.isOn()) {
                        return;
                    }
                }
            }
        }

        /** Ends when the client closes its socket, or dies. */
        private void echo(final ServingRun run, final InputStream in, final OutputStream out) throws IOException {
            final Frames frames = new Frames(settings.messageBytes());
            final byte[] frame = new byte[Frames.PREFIX_BYTES + settings.messageBytes()];
            final UnsafeBuffer view = new UnsafeBuffer(frame);
            long next = 0;
            while (readFrame(in, frame) == frame.length) {
                frames.check(view, Frames.PREFIX_BYTES, view.getInt(0, ByteOrder.LITTLE_ENDIAN), next);
                out.write(frame);
                run.arrived(++next);
            }
        }

        @Override
        public void close() {
            try {
                listening.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
