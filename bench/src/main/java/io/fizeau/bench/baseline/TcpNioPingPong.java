package io.fizeau.bench.baseline;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** Round trips over a socket channel: a write and a spinning read, at both ends. */
final class TcpNioPingPong {
    private TcpNioPingPong() {}

    /** The near end. */
    static final class Client implements RoundTrips {
        private final Patience patience;
        private final SocketChannel channel;
        private final ByteBuffer frame;
        private final UnsafeBuffer view;
        private final Frames frames;
        private final int messageBytes;
        private long next;

        Client(final LoopSettings settings, final HostPort server, final Patience patience) throws IOException {
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.frames = new Frames(messageBytes);
            this.frame = ByteBuffer.allocateDirect(Frames.PREFIX_BYTES + messageBytes);
            this.view = new UnsafeBuffer(frame);
            this.channel = TcpChannels.connect(server);
        }

        @Override
        public long roundTrip() {
            final long sequence = next++;
            view.putInt(0, messageBytes, ByteOrder.LITTLE_ENDIAN);
            frames.write(view, Frames.PREFIX_BYTES, sequence);
            try {
                frame.clear();
                while (channel.write(frame) == 0 || frame.hasRemaining()) {
                    patience.idle(sequence);
                }
                frame.clear();
                while (frame.hasRemaining()) {
                    final int count = channel.read(frame);
                    if (count == 0) {
                        patience.idle(sequence);
                    } else if (count < 0) {
                        throw new EOFException("the server has closed the connection");
                    }
                }
            } catch (final IOException e) {
                throw patience.failure("the connection broke: " + e.getMessage(), e);
            }
            frames.check(view, Frames.PREFIX_BYTES, view.getInt(0, ByteOrder.LITTLE_ENDIAN), sequence);
            return sequence;
        }

        @Override
        public void close() {
            TcpChannels.close(channel);
        }
    }

    /** The far end. */
    static final class Server implements Serving {
        private final LoopSettings settings;
        private final TcpChannels.Listening listening = TcpChannels.listen();

        Server(final LoopSettings settings) throws IOException {
            this.settings = settings;
        }

        @Override
        public Address address() {
            return listening.address();
        }

        @Override
        public void serve(final ServingRun run) throws IOException {
            try (SocketChannel channel = listening.accept(run)) {
                if (channel != null) {
                    echo(run, channel);
                }
            }
        }

        private void echo(final ServingRun run, final SocketChannel channel) throws IOException {
            final ByteBuffer frame = ByteBuffer.allocateDirect(Frames.PREFIX_BYTES + settings.messageBytes());
            final UnsafeBuffer view = new UnsafeBuffer(frame);
            final Frames frames = new Frames(settings.messageBytes());
            long next = 0;
            while (run.isOn()) {
                final int count = channel.read(frame);
                if (count < 0) {
                    return;
                }
                if (frame.hasRemaining()) {
                    Thread.onSpinWait();
                    continue;
                }
                frames.check(view, Frames.PREFIX_BYTES, view.getInt(0, ByteOrder.LITTLE_ENDIAN), next);
                frame.flip();
                while (frame.hasRemaining() && run.isOn()) {
                    channel.write(frame);
                }
                frame.clear();
                run.arrived(++next);
            }
        }

        @Override
        public void close() {
            listening.close();
        }
    }
}
