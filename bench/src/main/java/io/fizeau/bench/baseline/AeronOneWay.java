package io.fizeau.bench.baseline;

import io.aeron.logbuffer.FragmentHandler;
import io.fizeau.core.address.Address;
import io.fizeau.core.message.BenchmarkFrame;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One way over a stream of Aeron, a number of offers to a cycle of the driver. A credit is a message without content on the way
 * back, whose sequence says how many messages have arrived.
 */
final class AeronOneWay {
    private static final int OFFERS_PER_DUTY = 64;
    private static final int POLL_LIMIT = 256;

    /** After so many empty polls the sender waits for something: what has come is acknowledged, however little it is. */
    private static final int QUIET_POLLS = 1 << 12;

    private AeronOneWay() {}

    /** The near end. */
    static final class Client implements OneWay {
        private final AeronEnd end;
        private final AeronStreams streams;
        private final Patience patience;
        private final UnsafeBuffer message;
        private final Frames frames;
        private final int messageBytes;
        private final int window;
        private final int burst;
        private final FragmentHandler onCredit;
        private long sent;
        private long acknowledged;
        private long target;

        Client(final LoopSettings settings, final AeronEnd end, final AeronStreams streams, final Patience patience) {
            this.end = end;
            this.streams = streams;
            this.patience = patience;
            this.messageBytes = settings.messageBytes();
            this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
            this.frames = new Frames(messageBytes);
            this.window = settings.window();
            this.burst = settings.burst(OFFERS_PER_DUTY);
            this.onCredit = (buffer, offset, length, header) -> acknowledged = BenchmarkFrame.sequence(buffer, offset);
        }

        @Override
        public long advance(final long messages) {
            target += messages;
            while (acknowledged < target) {
                final boolean isSending = sent + burst <= acknowledged + window && offer();
                streams.duty();
                if (streams.image.poll(onCredit, POLL_LIMIT) == 0 && !isSending) {
                    patience.idle(acknowledged);
                }
            }
            return acknowledged;
        }

        @Override
        public void drain() {
            while (acknowledged < sent) {
                streams.duty();
                if (streams.image.poll(onCredit, POLL_LIMIT) == 0) {
                    patience.idle(acknowledged);
                }
            }
            target = acknowledged;
        }

        @Override
        public void close() {
            end.close();
        }

        private boolean offer() {
            final long first = sent;
            long sequence = first;
            for (final long last = first + burst; sequence < last; sequence++) {
                if (sequence < Frames.VERIFIED_MESSAGES) {
                    frames.write(message, 0, sequence);
                } else {
                    BenchmarkFrame.writeSequence(message, 0, sequence);
                }
                if (streams.publication.offer(message, 0, messageBytes) < 0) {
                    break;
                }
            }
            sent = sequence;
            return sequence > first;
        }
    }

    /** The far end. */
    static final class Server implements Serving {
        private final LoopSettings settings;
        private final AeronEnd end;
        private final Address client;
        private final UnsafeBuffer credit = new UnsafeBuffer(ByteBuffer.allocateDirect(BenchmarkFrame.HEADER_BYTES));
        private long arrived;
        private long credited;

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
            final FragmentHandler onMessage =
                    (buffer, offset, length, header) -> frames.check(buffer, offset, length, arrived++);
            final int creditEvery = settings.creditEvery();
            int quietPolls = 0;
            while (run.isOn()) {
                if (streams.image.poll(onMessage, POLL_LIMIT) > 0) {
                    quietPolls = 0;
                } else {
                    quietPolls++;
                    Thread.onSpinWait();
                }
                final long due = quietPolls > QUIET_POLLS ? 1 : creditEvery;
                if (arrived - credited >= due) {
                    credit(streams, run);
                }
                streams.duty();
            }
        }

        private void credit(final AeronStreams streams, final ServingRun run) {
            BenchmarkFrame.writeHeader(credit, 0, 0, 0, arrived, 0, BenchmarkFrame.HEADER_BYTES);
            // Refused: tried again after the next poll.
            if (streams.publication.offer(credit, 0, BenchmarkFrame.HEADER_BYTES) > 0) {
                credited = arrived;
                run.arrived(arrived);
            }
        }

        @Override
        public void close() {
            end.close();
        }
    }
}
