package io.fizeau.transports.shm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingReaderTest {
    private static final int MAX_MESSAGE = 100;
    private static final int CAPACITY = 1024;

    private final UnsafeBuffer ring = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(Layout.ringBytes(MAX_MESSAGE), BitUtil.CACHE_LINE_LENGTH));
    private final RingReader reader = new RingReader(ring, CAPACITY, MAX_MESSAGE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadWhatAgronasWriterWrote(final long seed) {
        final Random random = new Random(seed);
        final OneToOneRingBuffer writer = new OneToOneRingBuffer(ring);
        final Queue<byte[]> underWay = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < 55) {
                final byte[] message = new byte[random.nextInt(MAX_MESSAGE + 1)];
                random.nextBytes(message);
                if (writer.write(RingReader.MESSAGE_TYPE, new UnsafeBuffer(message), 0, message.length)) {
                    underWay.add(message);
                } else {
                    refused++;
                }
            } else {
                final int offset = reader.next();
                final byte[] expected = underWay.poll();
                assertThat(offset >= 0)
                        .as("message there, seed %d, step %d", seed, i)
                        .isEqualTo(expected != null);
                if (expected != null) {
                    final byte[] found = new byte[reader.length()];
                    reader.buffer().getBytes(offset, found);
                    assertThat(found).isEqualTo(expected);
                    assertThat(reader.next()).as("the same again").isEqualTo(offset);
                    reader.advance();
                    if (random.nextBoolean()) {
                        reader.publish();
                    }
                }
            }
        }
        assertThat(refused).as("the ring was full now and then").isPositive();
    }

    @Test
    void shouldGiveRoomBackWithoutBeingTold() {
        final OneToOneRingBuffer writer = new OneToOneRingBuffer(ring);
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(writer.write(RingReader.MESSAGE_TYPE, ring, 0, 64)).isTrue();
            assertThat(reader.next()).isNotNegative();
            reader.advance();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, MAX_MESSAGE + 9, CAPACITY, CAPACITY + 8, Integer.MAX_VALUE})
    void shouldFindARecordBrokenThatIsTooShortOrTooLong(final int recordBytes) {
        put(0, recordBytes, RingReader.MESSAGE_TYPE);
        assertThat(reader.next()).isEqualTo(RingReader.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, CAPACITY, Integer.MAX_VALUE})
    void shouldFindPaddingBrokenThatIsNotBeforeTheEnd(final int recordBytes) {
        put(0, recordBytes, RingBuffer.PADDING_MSG_TYPE_ID);
        assertThat(reader.next()).isEqualTo(RingReader.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -2, Integer.MIN_VALUE})
    void shouldFindARecordOfAnotherTypeBroken(final int type) {
        put(0, 40, type);
        assertThat(reader.next()).isEqualTo(RingReader.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -8, Integer.MIN_VALUE})
    void shouldWaitForARecordThatIsNotWritten(final int recordBytes) {
        put(0, recordBytes, RingReader.MESSAGE_TYPE);
        assertThat(reader.next()).isEqualTo(RingReader.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void shouldStayInsideOfARingOfGarbage(final long seed) {
        final Random random = new Random(seed);
        int messages = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < CAPACITY; i += RecordDescriptor.ALIGNMENT) {
                put(i, random.nextInt(160) - 20, random.nextInt(4) - 1);
            }
            for (int i = 0; i < 50; i++) {
                // Its own place is its own, whatever the shared memory says.
                ring.putLong(CAPACITY + RingBufferDescriptor.HEAD_POSITION_OFFSET, random.nextLong());
                final int offset = reader.next();
                if (offset < 0) {
                    break;
                }
                messages++;
                assertThat(reader.length()).isBetween(0, MAX_MESSAGE);
                assertThat(offset + reader.length()).isLessThanOrEqualTo(CAPACITY);
                reader.advance();
            }
        }
        assertThat(messages).as("some garbage looks like a message").isPositive();
    }

    private void put(final int index, final int recordBytes, final int type) {
        ring.putInt(RecordDescriptor.lengthOffset(index), recordBytes);
        ring.putInt(RecordDescriptor.typeOffset(index), type);
    }
}
