package io.fizeau.bench.baseline;

import io.aeron.logbuffer.FragmentHandler;
import io.fizeau.core.address.Address;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Round trips over two streams of Aeron: an offer and a spinning poll, at both ends. */
final class AeronPingPong {
    private AeronPingPong() {}

    /** The near end. */
    static final class Client implements RoundTrips {
        private final AeronEnd end;
        private final AeronStreams streams;
        private final Patience patience;
        private final UnsafeBuffer message;
        private final Frames frames;
        private final int messageBytes;
        private final FragmentHandler onAnswer;
        private long next;
        private long answered;

        Client(final LoopSettings settings, final AeronEnd end, final AeronStreams streams, final Patience patience) {
            this.end = end;
            this.streams = streams;
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
            this.frames = new Frames(messageBytes);
            this.onAnswer = (buffer, offset, length, header) -> frames.check(buffer, offset, length, answered++);
        }

        @Override
        public long roundTrip() {
            final long sequence = next++;
            frames.write(message, 0, sequence);
            while (streams.publication.offer(message, 0, messageBytes) < 0) {
                streams.duty();
                patience.idle(sequence);
            }
            streams.duty();
            while (streams.image.poll(onAnswer, 1) == 0) {
                streams.duty();
                patience.idle(sequence);
            }
            return sequence;
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The far end. */
    static final class Server implements Serving {
        private static final int POLL_LIMIT = 16;

        private final LoopSettings settings;
        private final AeronEnd end;
        private final Address client;
        private long next;

        Server(final LoopSettings settings, final AeronEnd end, final Address client) {
            this.settings = settings;
            this.end = end;
            this.client = client;
        }

        @Override
        public Address address() {
            return end.address();
        }

        @Override
        public void serve(final ServingRun run) {
            final AeronStreams streams = end.connect(client, run::isOn);
            if (streams == null) {
                return;
            }
            final Frames frames = new Frames(settings.messageBytes());
            final FragmentHandler onMessage = (buffer, offset, length, header) -> {
                frames.check(buffer, offset, length, next);
                while (streams.publication.offer(buffer, offset, length) < 0 && run.isOn()) {
                    streams.duty();
                }
                run.arrived(++next);
            };
            while (run.isOn()) {
                if (streams.image.poll(onMessage, POLL_LIMIT) == 0) {
                    Thread.onSpinWait();
                }
                streams.duty();
            }
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
