package io.fizeau.transports.crc32c;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.layer.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Crc32cTrailerTest {
    private static final int OFFSET = 11;

    private final Crc32cTrailer trailer = new Crc32cTrailer(true);
    private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);

    @Test
    void shouldWriteTheChecksumThatTheStandardGivesForNineDigits() {
        final byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[16]);

        assertThat(trailer.encode(new UnsafeBuffer(digits), 0, 9, target)).isEqualTo(13);
        assertThat(target.getInt(9)).isEqualTo(0xe3069283);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 4_095, 4_096, 4_097, 20_000})
    void shouldGiveBackTheMessageFromAnyKindOfBuffer(final int length) {
        final long seed = System.nanoTime();
        final byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        final UnsafeBuffer onHeap = new UnsafeBuffer(new byte[OFFSET + length + 4], 3, OFFSET + length + 1);
        final UnsafeBuffer offHeap = new UnsafeBuffer(ByteBuffer.allocateDirect(OFFSET + length + 4));
        final UnsafeBuffer target = new UnsafeBuffer(new byte[length + 4]);
        assertThat(trailer.encode(new UnsafeBuffer(bytes), 0, length, target)).isEqualTo(length + 4);
        for (final UnsafeBuffer encoded : new UnsafeBuffer[] {offHeap, onHeap}) {
            final int offset = encoded.capacity() - length - 4;
            encoded.putBytes(offset, target, 0, length + 4);

            assertThat(trailer.decode(encoded, offset, length + 4, decoded))
                    .as("seed %d", seed)
                    .isEqualTo(Decoded.MESSAGE);

            assertThat(decoded.capacity()).isEqualTo(length);
            final byte[] actual = new byte[length];
            decoded.getBytes(0, actual);
            assertThat(actual).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void shouldDropWhatWasAlteredWhereMessagesMayBeLostAndTakeTheNext() {
        final Crc32cTrailer unreliable = new Crc32cTrailer(false);
        final UnsafeBuffer target = new UnsafeBuffer(new byte[44]);
        unreliable.encode(new UnsafeBuffer(new byte[40]), 0, 40, target);
        target.putByte(7, (byte) 1);
        assertThat(unreliable.decode(target, 0, 44, decoded)).isEqualTo(Decoded.DROPPED);
        assertThat(unreliable.decode(target, 0, 3, decoded)).isEqualTo(Decoded.DROPPED);
        target.putByte(7, (byte) 0);

        assertThat(unreliable.decode(target, 0, 44, decoded)).isEqualTo(Decoded.MESSAGE);
    }

    @Test
    void shouldRefuseAMessageWithAnyBitAltered() {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[44]);
        trailer.encode(new UnsafeBuffer(new byte[40]), 0, 40, target);
        for (int i = 0; i < 44; i++) {
            target.putByte(i, (byte) (target.getByte(i) ^ 1));
            assertThat(trailer.decode(target, 0, 44, decoded)).as("byte %d", i).isEqualTo(Decoded.REJECTED);
            target.putByte(i, (byte) (target.getByte(i) ^ 1));
        }
        assertThat(trailer.decode(target, 0, 44, decoded)).isEqualTo(Decoded.MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldRefuseWhatIsTooShortForAChecksum(final int length) {
        assertThat(trailer.decode(new UnsafeBuffer(new byte[8]), 0, length, decoded))
                .isEqualTo(Decoded.REJECTED);
    }
}
