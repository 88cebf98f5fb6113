package io.fizeau.transports.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
    private static final int GATHER = 8 << 10;

    private final UnsafeBuffer source = new UnsafeBuffer(new byte[64 << 10]);

    @Test
    void shouldPutTheLengthLittleEndianBeforeTheMessage() {
        final FrameWriter writer = FrameWriter.direct(0);
        source.putBytes(10, new byte[] {7, 8, 9});
        assertThat(writer.grow(3)).isTrue();
        assertThat(writer.append(source, 10, 3)).isTrue();
        assertThat(bytesOf(writer.unwritten())).containsExactly(3, 0, 0, 0, 7, 8, 9);
    }

    @Test
    void shouldHoldNothingBeforeTheFirstMessage() {
        assertThat(FrameWriter.direct(GATHER).append(source, 0, 0)).isFalse();
        assertThat(FrameWriter.direct(GATHER).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGatherUpToItsLimitAndNotBeyond(final boolean isDirect) {
        final FrameWriter writer = isDirect ? FrameWriter.direct(GATHER) : FrameWriter.onHeap(GATHER);
        int count = 0;
        while (writer.append(source, 0, 28) || (writer.grow(28) && writer.append(source, 0, 28))) {
            count++;
        }
        assertThat(count).isEqualTo(GATHER / 32);
        assertThat(writer.unwrittenBytes()).isEqualTo(GATHER);
    }

    @Test
    void shouldTakeAMessageLongerThanItsLimitWhenNothingWaits() {
        final FrameWriter writer = FrameWriter.direct(GATHER);
        assertThat(writer.grow(1)).isTrue();
        assertThat(writer.append(source, 0, 1)).isTrue();
        assertThat(writer.grow(50_000)).isFalse();
        assertThat(writer.written(5)).isTrue();
        assertThat(writer.grow(50_000)).isTrue();
        assertThat(writer.append(source, 0, 50_000)).isTrue();
        assertThat(writer.unwrittenBytes()).isEqualTo(50_004);
    }

    @Test
    void shouldKeepWhatAPartialWriteLeft() {
        final FrameWriter writer = FrameWriter.onHeap(0);
        source.putBytes(0, new byte[] {1, 2, 3, 4});
        writer.grow(4);
        writer.append(source, 0, 4);
        assertThat(writer.written(6)).isFalse();
        assertThat(bytesOf(writer.unwritten())).containsExactly(3, 4);
        assertThat(writer.written(2)).isTrue();
        assertThat(writer.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepWhatWaitsWhenItGrows() {
        final FrameWriter writer = FrameWriter.direct(64 << 10);
        for (int i = 0; i < 1_000; i++) {
            source.putInt(0, i);
            if (!writer.append(source, 0, 4)) {
                assertThat(writer.grow(4)).isTrue();
                assertThat(writer.append(source, 0, 4)).isTrue();
            }
        }
        final UnsafeBuffer written = new UnsafeBuffer(writer.unwritten());
        for (int i = 0; i < 1_000; i++) {
            assertThat(written.getInt(8 * i + 4)).isEqualTo(i);
        }
    }

    @Test
    void shouldKnowItsOwnIntroductionAndNoOther() {
        final byte[] ours = Framing.introduction(1 << 20);
        assertThat(ours).hasSize(Framing.INTRODUCTION_BYTES);
        for (int known = 0; known < ours.length; known++) {
            final byte[] start = Arrays.copyOf(ours, known);
            assertThat(check(start, ours)).isEqualTo(Framing.Introduction.INCOMPLETE);
        }
        assertThat(check(ours, ours)).isEqualTo(Framing.Introduction.VALID);
        assertThat(check(Framing.introduction(2 << 20), ours)).isEqualTo(Framing.Introduction.WRONG);
        assertThat(check(new byte[] {'F', 'X'}, ours)).isEqualTo(Framing.Introduction.WRONG);
        assertThat(check(new byte[] {5, 0, 0, 0}, ours)).isEqualTo(Framing.Introduction.WRONG);
    }

    private static Framing.Introduction check(final byte[] received, final byte[] expected) {
        final ReceiveBuffer in = ReceiveBuffer.onHeap(16);
        in.room().put(received);
        in.filled(received.length);
        return Framing.check(in, expected);
    }

    private static byte[] bytesOf(final ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
