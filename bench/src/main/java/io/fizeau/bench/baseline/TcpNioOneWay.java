package io.fizeau.bench.baseline;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.message.BenchmarkFrame;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One way over a socket channel: frames are gathered into 64 KiB, or written one by one; the receiver reads as much as there is
 * and checks the frames where they lie. A credit is a frame without content whose sequence says how many messages have arrived.
 */
final class TcpNioOneWay {
    private static final int GATHERED_BYTES = 64 << 10;
    private static final int RECEIVE_BYTES = 256 << 10;
    private static final int CREDIT_BYTES = Frames.PREFIX_BYTES + BenchmarkFrame.HEADER_BYTES;
    private static final int CREDITS_READ = 64;

    /** After so many empty reads the sender waits for something: what has come is acknowledged, however little it is. */
    private static final int QUIET_READS = 1024;

    private TcpNioOneWay() {}

    /** The near end. */
    static final class Client implements OneWay {
        private final Patience patience;
        private final SocketChannel channel;
        private final Frames frames;
        private final int messageBytes;
        private final int window;
        private final int burst;
        private final UnsafeBuffer message;
        private final ByteBuffer gathered;
        private final UnsafeBuffer gatheredView;
        private final ByteBuffer credits = ByteBuffer.allocateDirect(CREDITS_READ * CREDIT_BYTES);
        private final UnsafeBuffer creditsView = new UnsafeBuffer(credits);
        private long sent;
        private long acknowledged;
        private long target;

        Client(final LoopSettings settings, final HostPort server, final Patience patience) throws IOException {
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.frames = new Frames(messageBytes);
            this.window = settings.window();
            final int frameBytes = Frames.PREFIX_BYTES + messageBytes;
            this.burst = settings.burst(Math.max(1, GATHERED_BYTES / frameBytes));
            this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
            this.gathered = ByteBuffer.allocateDirect(burst * frameBytes).limit(0);
            this.gatheredView = new UnsafeBuffer(gathered);
            this.channel = TcpChannels.connect(server);
        }

        @Override
        public long advance(final long messages) {
            target += messages;
            try {
                while (acknowledged < target) {
                    final boolean isWritten = gathered.hasRemaining() || sent + burst <= acknowledged + window;
                    if (!isWritten || !write()) {
                        readCredits();
                    }
                }
            } catch (final IOException e) {
                throw patience.failure("the connection broke: " + e.getMessage(), e);
            }
            return acknowledged;
        }

        @Override
        public void drain() {
            try {
                while (acknowledged < sent) {
                    if (gathered.hasRemaining()) {
                        channel.write(gathered);
                    }
                    readCredits();
                }
            } catch (final IOException e) {
                throw patience.failure("the connection broke: " + e.getMessage(), e);
            }
            target = acknowledged;
        }

        @Override
        public void close() {
            TcpChannels.close(channel);
        }

        private boolean write() throws IOException {
            if (!gathered.hasRemaining()) {
                gather();
            }
            channel.write(gathered);
            return !gathered.hasRemaining();
        }

        private void gather() {
            int position = 0;
            for (long sequence = sent, end = sent + burst; sequence < end; sequence++) {
                if (sequence < Frames.VERIFIED_MESSAGES) {
                    frames.write(message, 0, sequence);
                } else {
                    BenchmarkFrame.writeSequence(message, 0, sequence);
                }
                gatheredView.putInt(position, messageBytes, ByteOrder.LITTLE_ENDIAN);
                gatheredView.putBytes(position + Frames.PREFIX_BYTES, message, 0, messageBytes);
                position += Frames.PREFIX_BYTES + messageBytes;
            }
            sent += burst;
            gathered.clear();
        }

        private void readCredits() throws IOException {
            final int count = channel.read(credits);
            if (count < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (count == 0) {
                patience.idle(acknowledged);
                return;
            }
            final int whole = credits.position() / CREDIT_BYTES;
            if (whole > 0) {
                final int last = (whole - 1) * CREDIT_BYTES + Frames.PREFIX_BYTES;
                acknowledged = BenchmarkFrame.sequence(creditsView, last);
                credits.flip().position(whole * CREDIT_BYTES);
                credits.compact();
            }
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
                    new Sink(settings, channel, run).receive();
                }
            }
        }

        @Override
        public void close() {
            listening.close();
        }
    }

    /** Counts the messages of one client and acknowledges them. */
    private static final class Sink {
        private final SocketChannel channel;
        private final ServingRun run;
        private final Frames frames;
        private final int frameBytes;
        private final int creditEvery;
        private final ByteBuffer bytes;
        private final UnsafeBuffer view;
        private final ByteBuffer credit = ByteBuffer.allocateDirect(CREDIT_BYTES);
        private final UnsafeBuffer creditView = new UnsafeBuffer(credit);
        private long arrived;
        private long credited;

        Sink(final LoopSettings settings, final SocketChannel channel, final ServingRun run) {
            this.channel = channel;
            this.run = run;
            this.frames = new Frames(settings.messageBytes());
            this.frameBytes = Frames.PREFIX_BYTES + settings.messageBytes();
            this.creditEvery = settings.creditEvery();
            this.bytes = ByteBuffer.allocateDirect(Math.max(RECEIVE_BYTES, 2 * frameBytes));
            this.view = new UnsafeBuffer(bytes);
        }

        void receive() throws IOException {
            int quietReads = 0;
            while (run.isOn()) {
                final int count = channel.read(bytes);
                if (count > 0) {
                    quietReads = 0;
                    check();
                    if (arrived - credited >= creditEvery) {
                        credit();
                    }
                } else if (count < 0) {
                    return;
                } else {
                    Thread.onSpinWait();
                    if (++quietReads == QUIET_READS && arrived > credited) {
                        credit();
                    }
                }
            }
        }

        private void check() {
            final int end = bytes.position();
            int position = 0;
            long sequence = arrived;
            while (end - position >= frameBytes) {
                final int length = view.getInt(position, ByteOrder.LITTLE_ENDIAN);
                frames.check(view, position + Frames.PREFIX_BYTES, length, sequence);
                sequence++;
                position += frameBytes;
            }
            arrived = sequence;
            bytes.flip().position(position);
            bytes.compact();
        }

        private void credit() throws IOException {
            creditView.putInt(0, BenchmarkFrame.HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
            BenchmarkFrame.writeHeader(creditView, Frames.PREFIX_BYTES, 0, 0, arrived, 0, BenchmarkFrame.HEADER_BYTES);
            credit.clear();
            while (credit.hasRemaining() && run.isOn()) {
                channel.write(credit);
            }
            credited = arrived;
            run.arrived(arrived);
        }
    }
}
