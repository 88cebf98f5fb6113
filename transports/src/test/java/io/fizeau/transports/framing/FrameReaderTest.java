package io.fizeau.transports.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.transports.framing.MessageReader.Outcome;
import io.fizeau.transports.loop.Lifecycle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int MAX_MESSAGE = 100;

    private final List<byte[]> messages = new ArrayList<>();
    private final ConnectionHandler handler = this::onMessage;
    private final Lifecycle life = openLife();
    private final FrameReader reader = new FrameReader(null, handler, life, MAX_MESSAGE);
    private int refusals;
    private boolean closesAtMessage;

    @Test
    void shouldDeliverTheSameMessagesHoweverTheStreamIsSplit() {
        final List<byte[]> sent = List.of(bytes(5), bytes(0), bytes(1), bytes(MAX_MESSAGE), bytes(0), bytes(17));
        final byte[] stream = stream(sent);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                messages.clear();
                final ReceiveBuffer in = ReceiveBuffer.onHeap(0);
                feed(in, Arrays.copyOfRange(stream, 0, first));
                feed(in, Arrays.copyOfRange(stream, first, second));
                feed(in, Arrays.copyOfRange(stream, second, stream.length));
                assertThat(messages).as("split at %d and %d", first, second).containsExactlyElementsOf(sent);
                assertThat(in.available()).isZero();
            }
        }
    }

    @Test
    void shouldOfferTheSameMessageAgainAfterEachRetry() {
        final List<byte[]> sent = List.of(bytes(3), bytes(0), bytes(50), bytes(4));
        final ReceiveBuffer in = filled(stream(sent));
        for (int frame = 0; frame < sent.size(); frame++) {
            refusals = 3;
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThat(reader.deliver(in, 1)).isZero();
                assertThat(reader.outcome()).isEqualTo(Outcome.RETRY);
            }
            assertThat(reader.deliver(in, 1)).isEqualTo(1);
        }
        assertThat(messages).containsExactlyElementsOf(sent);
    }

    @Test
    void shouldStopAtTheLimitAndGoOnFromThere() {
        final List<byte[]> sent = List.of(bytes(1), bytes(2), bytes(3));
        final ReceiveBuffer in = filled(stream(sent));
        assertThat(reader.deliver(in, 2)).isEqualTo(2);
        assertThat(reader.outcome()).isEqualTo(Outcome.LIMIT);
        assertThat(reader.deliver(in, 2)).isEqualTo(1);
        assertThat(reader.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(messages).containsExactlyElementsOf(sent);
    }

    @Test
    void shouldStopWhenTheHandlerClosesInTheMiddleOfABatch() {
        closesAtMessage = true;
        final ReceiveBuffer in = filled(stream(List.of(bytes(1), bytes(2))));
        assertThat(reader.deliver(in, 10)).isEqualTo(1);
        assertThat(reader.outcome()).isEqualTo(Outcome.CLOSED);
        assertThat(messages).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, MAX_MESSAGE + 1, Integer.MAX_VALUE, 0x20544547})
    void shouldFindALengthOutsideTheLimitsToBeGarbage(final int length) {
        final ReceiveBuffer in = filled(stream(List.of(bytes(1))));
        feedQuietly(in, header(length));
        assertThat(reader.deliver(in, 10)).isEqualTo(1);
        assertThat(reader.outcome()).isEqualTo(Outcome.GARBAGE);
    }

    @Test
    void shouldFindATooLongMessageToBeGarbageAlsoWhenItHasComeInFull() {
        final ReceiveBuffer in = filled(stream(List.of(bytes(MAX_MESSAGE + 1))));
        assertThat(reader.deliver(in, 10)).isZero();
        assertThat(reader.outcome()).isEqualTo(Outcome.GARBAGE);
        assertThat(messages).isEmpty();
    }

    @Test
    void shouldSurviveRandomSizesPiecesRetriesAndLimits() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            messages.clear();
            final List<byte[]> sent = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                final byte[] message = new byte[random.nextInt(MAX_MESSAGE + 1)];
                random.nextBytes(message);
                sent.add(message);
            }
            final byte[] stream = stream(sent);
            final ReceiveBuffer in = random.nextBoolean() ? ReceiveBuffer.onHeap(16) : ReceiveBuffer.direct(0);
            final ReceiveBuffer scratch = ReceiveBuffer.direct(1024);
            int at = 0;
            while (at < stream.length || in.available() > 0) {
                final byte[] piece =
                        Arrays.copyOfRange(stream, at, at + Math.min(stream.length - at, random.nextInt(60)));
                at += piece.length;
                if (in.available() < 200 && random.nextBoolean()) {
                    // As a node does it: what was left over goes to the front of the buffer that all share, and back.
                    scratch.clearBehind(in.available());
                    put(scratch, piece);
                    scratch.fillFront(in);
                    in.take(scratch);
                } else {
                    feedQuietly(in, piece);
                }
                refusals = random.nextInt(3);
                reader.deliver(in, 1 + random.nextInt(5));
                assertThat(reader.outcome()).as("seed %d", seed).isNotEqualTo(Outcome.GARBAGE);
            }
            assertThat(messages).as("seed %d", seed).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void shouldSurviveRandomGarbage() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            final byte[] garbage = new byte[random.nextInt(64)];
            random.nextBytes(garbage);
            final ReceiveBuffer in = filled(garbage);
            final int before = in.available();
            reader.deliver(in, Integer.MAX_VALUE);
            assertThat(in.available()).as("seed %d", seed).isBetween(0, before);
        }
        assertThat(messages).as("seed %d", seed).allMatch(message -> message.length <= MAX_MESSAGE);
    }

    @Test
    void shouldTellHowLongAFrameWillBe() {
        assertThat(FrameReader.frameBytes(filled(new byte[3]))).isEqualTo(Framing.HEADER_BYTES);
        assertThat(FrameReader.frameBytes(filled(header(77)))).isEqualTo(Framing.HEADER_BYTES + 77);
    }

    private Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        if (refusals > 0) {
            refusals--;
            return Delivery.RETRY;
        }
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        messages.add(message);
        if (closesAtMessage) {
            life.close(CloseReason.LOCAL);
        }
        return Delivery.CONSUMED;
    }

    private void feed(final ReceiveBuffer in, final byte[] piece) {
        feedQuietly(in, piece);
        reader.deliver(in, Integer.MAX_VALUE);
        assertThat(reader.outcome()).isEqualTo(Outcome.INCOMPLETE);
    }

    private static void feedQuietly(final ReceiveBuffer in, final byte[] piece) {
        in.makeRoom(piece.length);
        put(in, piece);
    }

    private static void put(final ReceiveBuffer in, final byte[] piece) {
        in.room().put(piece);
        in.filled(piece.length);
    }

    private static ReceiveBuffer filled(final byte[] stream) {
        final ReceiveBuffer in = ReceiveBuffer.direct(0);
        feedQuietly(in, stream);
        return in;
    }

    private Lifecycle openLife() {
        final Lifecycle opened =
                new Lifecycle(null, (c, buffer, offset, length) -> Delivery.CONSUMED, e -> {}, () -> {}, true);
        opened.open();
        return opened;
    }

    private static byte[] bytes(final int length) {
        final byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (31 * length + i);
        }
        return message;
    }

    private static byte[] header(final int length) {
        return ByteBuffer.allocate(Framing.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    private static byte[] stream(final List<byte[]> sent) {
        final ByteBuffer stream = ByteBuffer.allocate(sent.stream()
                        .mapToInt(message -> Framing.HEADER_BYTES + message.length)
                        .sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        sent.forEach(message -> stream.putInt(message.length).put(message));
        return stream.array();
    }
}
