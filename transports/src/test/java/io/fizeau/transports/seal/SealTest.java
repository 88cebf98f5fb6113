package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.layer.Decoded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages under a seal, once it is agreed on. */
final class SealTest {
    private static final byte[] TEXT = "a message that nobody else has to read".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldGiveBackEverySizeFromAnyKindOfBuffer(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (final int length : new int[] {0, 1, 15, 16, 17, 255, 1_024, 16_384, 70_000}) {
            final byte[] plain = new byte[length];
            random.nextBytes(plain);
            for (final boolean isOnHeap : new boolean[] {true, false}) {
                final UnsafeBuffer message = buffer(isOnHeap, length + 7);
                message.putBytes(5, plain);
                final UnsafeBuffer out = new UnsafeBuffer(new byte[length + 40], 3, length + 37);
                final int sealedBytes = pair.connecting().encode(message, 5, length, out);
                pair.connecting().onAccepted();
                final UnsafeBuffer travelled = buffer(!isOnHeap, sealedBytes + 20);
                travelled.putBytes(11, out, 0, sealedBytes);
                final UnsafeBuffer opened = new UnsafeBuffer(0, 0);

                assertThat(pair.accepting().decode(travelled, 11, sealedBytes, opened))
                        .as("seed %d", seed)
                        .isEqualTo(Decoded.MESSAGE);

                final byte[] actual = new byte[opened.capacity()];
                opened.getBytes(0, actual);
                assertThat(actual).as("seed %d", seed).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldShowNothingOfTheMessageAndNeverTheSameTwice(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();

        final byte[] first = pair.seal(pair.connecting(), TEXT);
        final byte[] second = pair.seal(pair.connecting(), TEXT);
        final byte[] back = pair.seal(pair.accepting(), TEXT);

        for (final byte[] sealed : List.of(first, second, back)) {
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("mess", "read");
        }
        assertThat(encryptedPart(first)).isNotEqualTo(encryptedPart(second)).isNotEqualTo(encryptedPart(back));
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRefuseAMessageWithAnyByteAlteredAndStillTakeTheTrueOne(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, false).open();
        final byte[] sealed = pair.seal(pair.connecting(), TEXT);
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= 4;
            final boolean isOtherKind = i == Wire.HEADER_BYTES - 1;
            assertThat(pair.decode(pair.accepting(), sealed)).as("byte %d", i).isEqualTo(Decoded.DROPPED);
            assertThat(SealedPair.complaint(pair.accepting()))
                    .isEqualTo(isOtherKind ? "it is no sealed message" : "it was altered, or sealed with another key");
            sealed[i] ^= 4;
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(pair.decode(pair.accepting(), java.util.Arrays.copyOf(sealed, length)))
                    .isEqualTo(Decoded.DROPPED);
        }

        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.MESSAGE);
        assertThat(pair.opened()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRefuseAReplayOfEachMessageWhereOrderIsNotKept(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealedPair.SMALL, false).open();
        final List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) { // over two changes of the key
            sealed.add(pair.seal(pair.connecting(), TEXT));
        }
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int from = 0; from < sealed.size(); from += 500) { // out of order, but not by more than the window
            Collections.shuffle(sealed.subList(from, from + 500), random);
        }
        for (int i = 0; i < sealed.size(); i++) {
            assertThat(pair.decode(pair.accepting(), sealed.get(i)))
                    .as("seed %d, %d", seed, i)
                    .isEqualTo(Decoded.MESSAGE);
            final byte[] replayed = sealed.get(random.nextInt(i + 1));
            assertThat(pair.decode(pair.accepting(), replayed))
                    .as("seed %d", seed)
                    .isEqualTo(Decoded.DROPPED);
            assertThat(pair.accepting().complaint()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldGoOnAfterALossOfMoreMessagesThanAKeySeals(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealedPair.SMALL, false).open();
        pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT));
        for (int i = 0; i < 5_000; i++) {
            pair.seal(pair.connecting(), TEXT);
        }

        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldNoticeAMessageThatWasTakenOutWhereOrderIsKept(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();
        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
        pair.seal(pair.connecting(), TEXT);

        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRejectAReplayWhereOrderIsKept(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();
        final byte[] sealed = pair.seal(pair.connecting(), TEXT);
        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.MESSAGE);

        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.REJECTED);
        assertThat(SealedPair.complaint(pair.accepting())).isEqualTo("a sealed message came twice");
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldSealAnewWhatTheTransportDidNotTake(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();
        final byte[] untaken = pair.sealUntaken(pair.connecting(), TEXT);
        final byte[] taken = pair.seal(pair.connecting(), TEXT);

        assertThat(encryptedPart(taken)).isNotEqualTo(encryptedPart(untaken));
        assertThat(pair.decode(pair.accepting(), taken)).isEqualTo(Decoded.MESSAGE);
        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRefuseItsOwnMessagesWhenTheyAreSentBack(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();

        assertThat(pair.decode(pair.connecting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRefuseWhatWasRecordedFromAnotherConnectionWithTheSameKey(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, SealLimits.DEFAULT, true).open();
        final SealedPair other = new SealedPair(suite, SealLimits.DEFAULT, true).open();

        assertThat(pair.decode(pair.accepting(), other.seal(other.connecting(), TEXT)))
                .isEqualTo(Decoded.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void shouldRefuseToSealMoreThanTheLimit(final Suite suite) {
        final SealedPair pair = new SealedPair(suite, new SealLimits(11, 2), true).open();
        for (int i = 0; i < 3; i++) {
            pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT));
        }

        assertThatThrownBy(() -> pair.seal(pair.connecting(), TEXT))
                .isInstanceOf(TransportException.class)
                .hasMessage("this connection has sealed 3 messages, which is its limit: open a new one");
    }

    private static UnsafeBuffer buffer(final boolean isOnHeap, final int length) {
        return isOnHeap
                ? new UnsafeBuffer(new byte[length + 2], 2, length)
                : new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    }

    private static byte[] encryptedPart(final byte[] sealed) {
        return java.util.Arrays.copyOfRange(sealed, Wire.HEADER_BYTES, sealed.length);
    }
}
