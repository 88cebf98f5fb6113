package io.fizeau.bench.baseline;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Round trips between two threads over two rings: a write and a spinning read, at both ends. */
final class RingPingPong {
    private static final int MESSAGE_TYPE = 1;
    private static final int MIN_RING_BYTES = 64 << 10;

    private RingPingPong() {}

    private static RingBuffer ring(final int messageBytes) {
        // A ring takes messages of up to an eighth of its length.
        final int bytes = Math.max(
                MIN_RING_BYTES,
                BitUtil.findNextPositivePowerOfTwo(Byte.SIZE * (messageBytes + RecordDescriptor.HEADER_LENGTH)));
        return new OneToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /** The near end. */
    static final class Client implements RoundTrips {
        private final RingBuffer out;
        private final RingBuffer in;
        private final Patience patience;
        private final UnsafeBuffer message;
        private final Frames frames;
        private final int messageBytes;
        private final MessageHandler onAnswer;
        private long next;
        private long answered;

        Client(final LoopSettings settings, final Server server, final Patience patience) {
            this.out = server.in;
            this.in = server.out;
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
            this.frames = new Frames(messageBytes);
            this.onAnswer = (type, buffer, offset, length) -> frames.check(buffer, offset, length, answered++);
        }

        @Override
        public long roundTrip() {
            final long sequence = next++;
            frames.write(message, 0, sequence);
            while (!out.write(MESSAGE_TYPE, message, 0, messageBytes)) {
                patience.idle(sequence);
            }
            while (in.read(onAnswer, 1) == 0) {
                patience.idle(sequence);
            }
            return sequence;
        }

        @Override
        public void close() {
            // The rings go with the last reference to them.
        }
    }

    /** The far end. */
    static final class Server implements Serving {
        private static final int READ_LIMIT = 16;

        private final RingBuffer in;
        private final RingBuffer out;
        private final Frames frames;
        private long next;

        Server(final LoopSettings settings) {
            this.in = ring(settings.messageBytes());
            this.out = ring(settings.messageBytes());
            this.frames = new Frames(settings.messageBytes());
        }

        @Override
        public Address address() {
            return new Channel("inproc:rings", 0);
        }

        @Override
        public void serve(final ServingRun run) {
            final MessageHandler onMessage = (type, buffer, offset, length) -> {
                frames.check(buffer, offset, length, next);
                while (!out.write(MESSAGE_TYPE, buffer, offset, length) && run.isOn()) {
                    Thread.onSpinWait();
                }
                run.arrived(++next);
            };
            while (run.isOn()) {
                if (in.read(onMessage, READ_LIMIT) == 0) {
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public void close() {
            // The rings go with the last reference to them.
        }
    }
}
