package io.fizeau.transports.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveBufferTest {
    private static final int ANNOUNCED = 1 << 20;
    private static final int MOST_GROWTHS = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_500, 65_536, ANNOUNCED})
    void shouldHoldAtMostTwiceWhatHasComeWhateverIsAnnounced(final int longestPiece) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final ReceiveBuffer in = ReceiveBuffer.direct(0);
        int growths = 0;
        int came = 0;
        while (came < ANNOUNCED) {
            final int before = in.capacity();
            in.makeRoomTowards(ANNOUNCED - came);
            growths += in.capacity() > before ? 1 : 0;
            assertThat(in.capacity()).as("seed %d, %d came", seed, came).isLessThanOrEqualTo(Math.max(1, 2 * came));
            came += put(in, came, 1 + random.nextInt(longestPiece));
        }
        assertThat(growths).as("seed %d", seed).isLessThan(MOST_GROWTHS);
        assertThat(in.available()).isEqualTo(ANNOUNCED);
        for (int i = 0; i < ANNOUNCED; i++) {
            if (in.peek(i) != (byte) i) {
                assertThat(in.peek(i)).as("seed %d, byte %d", seed, i).isEqualTo((byte) i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, ANNOUNCED / 2})
    void shouldHaveRoomForAllOfTheNextMessageThatIsNoLonger(final int left) {
        final ReceiveBuffer in = ReceiveBuffer.onHeap(ANNOUNCED);
        put(in, 0, ANNOUNCED);
        in.skip(ANNOUNCED - left);
        final byte[] array = in.array();
        in.makeRoomTowards(ANNOUNCED - left);
        assertThat(in.array()).isSameAs(array);
        assertThat(in.capacity() - in.end()).isGreaterThanOrEqualTo(ANNOUNCED - left);
        for (int i = 0; i < left; i++) {
            assertThat(in.peek(i)).isEqualTo((byte) (ANNOUNCED - left + i));
        }
    }

    /** Puts as much as there is room for; each byte tells its place. */
    private static int put(final ReceiveBuffer in, final int from, final int wanted) {
        final int count = Math.min(Math.min(wanted, ANNOUNCED - from), in.capacity() - in.end());
        assertThat(count).isPositive();
        final byte[] piece = new byte[count];
        for (int i = 0; i < count; i++) {
            piece[i] = (byte) (from + i);
        }
        in.room().put(piece);
        in.filled(count);
        return count;
    }
}
