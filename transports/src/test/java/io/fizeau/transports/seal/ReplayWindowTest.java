package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayWindowTest {
    @Test
    void shouldAgreeWithASetOfNumbersThatForgetsTheOldOnes() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            final ReplayWindow window = new ReplayWindow();
            final Set<Long> seen = new HashSet<>();
            long highest = -1;
            for (int i = 0; i < 5_000; i++) {
                final long number = Math.max(0, highest + random.nextInt(-1_200, random.nextInt(20) == 0 ? 3_000 : 40));
                final boolean isSeen = seen.contains(number) || highest - number >= ReplayWindow.SIZE;
                assertThat(window.isSeen(number))
                        .as("seed %d, %d", seed, number)
                        .isEqualTo(isSeen);
                if (!isSeen) {
                    window.see(number);
                    seen.add(number);
                    highest = Math.max(highest, number);
                }
            }
        }
    }

    @Test
    void shouldForgetEverythingWhenTheNumbersLeapAhead() {
        final ReplayWindow window = new ReplayWindow();
        for (long number = 0; number < 3_000; number++) {
            window.see(number);
        }
        final long far = Wire.NUMBERS - 1;
        window.see(far);

        assertThat(window.isSeen(far)).isTrue();
        assertThat(window.isSeen(far - ReplayWindow.SIZE + 1)).isFalse();
        assertThat(window.isSeen(far - ReplayWindow.SIZE)).isTrue();
    }
}
