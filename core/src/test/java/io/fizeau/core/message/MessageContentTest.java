package io.fizeau.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageContentTest {
    private static final int OFFSET = 13;

    private final MessageContent content = new MessageContent();

    @Test
    void shouldReadTheFieldsItWrote() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + BenchmarkFrame.HEADER_BYTES]);

        BenchmarkFrame.writeHeader(buffer, OFFSET, -7, 8, Long.MIN_VALUE, 1L << 40, 1_000);

        assertThat(BenchmarkFrame.run(buffer, OFFSET)).isEqualTo(-7);
        assertThat(BenchmarkFrame.phase(buffer, OFFSET)).isEqualTo(8);
        assertThat(BenchmarkFrame.sequence(buffer, OFFSET)).isEqualTo(Long.MIN_VALUE);
        assertThat(BenchmarkFrame.intendedNs(buffer, OFFSET)).isEqualTo(1L << 40);
        assertThat(BenchmarkFrame.messageBytes(buffer, OFFSET)).isEqualTo(1_000);
        assertThat(BenchmarkFrame.checksum(buffer, OFFSET)).isZero();
    }

    @Test
    void shouldWriteTheFrameInLittleEndianOrder() {
        final byte[] bytes = new byte[BenchmarkFrame.HEADER_BYTES];

        BenchmarkFrame.writeHeader(new UnsafeBuffer(bytes), 0, 1, 2, 3, 4, 5);

        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(bytes[4]).isEqualTo((byte) 2);
        assertThat(bytes[8]).isEqualTo((byte) 3);
        assertThat(bytes[16]).isEqualTo((byte) 4);
        assertThat(bytes[24]).isEqualTo((byte) 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 100, 4_095, 4_096, 4_128, 4_129, 70_000})
    void shouldFindWhatItFilledIntact(final int messageBytes) {
        final UnsafeBuffer buffer = filled(messageBytes);

        assertThat(content.isIntact(buffer, OFFSET, messageBytes)).isTrue();
        assertThat(new MessageContent().isIntact(buffer, OFFSET, messageBytes)).isTrue();
    }

    @Test
    void shouldFindEveryAlteredByte() {
        final int messageBytes = 300;
        final UnsafeBuffer buffer = filled(messageBytes);
        for (int i = 0; i < messageBytes; i++) {
            final byte right = buffer.getByte(OFFSET + i);
            buffer.putByte(OFFSET + i, (byte) (right ^ 0x10));
            assertThat(content.isIntact(buffer, OFFSET, messageBytes))
                    .as("byte %d", i)
                    .isFalse();
            buffer.putByte(OFFSET + i, right);
        }
        assertThat(content.isIntact(buffer, OFFSET, messageBytes)).isTrue();
    }

    @Test
    void shouldFindAMessageOfTheWrongLength() {
        final UnsafeBuffer buffer = filled(300);

        assertThat(content.isIntact(buffer, OFFSET, 299)).isFalse();
        assertThat(content.isIntact(buffer, OFFSET, 31)).isFalse();
        assertThat(content.isIntact(buffer, OFFSET, 0)).isFalse();
    }

    @Test
    void shouldNotTakeRandomBytesForAMessage() {
        final long seed = System.nanoTime();
        final byte[] bytes = new byte[200];
        new Random(seed).nextBytes(bytes);

        assertThat(content.isIntact(new UnsafeBuffer(bytes), 0, bytes.length))
                .as("seed %d", seed)
                .isFalse();
    }

    @Test
    void shouldFillDifferentMessagesDifferently() {
        final UnsafeBuffer one = filled(64);
        final UnsafeBuffer other = new UnsafeBuffer(new byte[OFFSET + 64]);
        BenchmarkFrame.writeHeader(other, OFFSET, 1, 2, 4, 0, 64);
        content.fill(other, OFFSET);

        assertThat(one.getLong(OFFSET + 32)).isNotEqualTo(other.getLong(OFFSET + 32));
    }

    private UnsafeBuffer filled(final int messageBytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + messageBytes + 5]);
        BenchmarkFrame.writeHeader(buffer, OFFSET, 1, 2, 3, 99, messageBytes);
        content.fill(buffer, OFFSET);
        return buffer;
    }
}
