package io.fizeau.core.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LossFormulasTest {
    @Test
    void shouldGiveGilbertsLossAndBurst() {
        assertThat(LossFormulas.gilbertLoss(0.0025, 0.25)).isCloseTo(0.00990099, within(1e-8));
        assertThat(LossFormulas.gilbertBurst(0.25)).isEqualTo(4);
        assertThatThrownBy(() -> LossFormulas.gilbertLoss(0, 0)).isInstanceOf(TransportException.class);
    }

    /** By hand for n = 4, m = 1, p = 0.1: 6 * .01 * .81 / 2 + 4 * .001 * .9 * 3 / 4 + .0001. */
    @Test
    void shouldGiveTheResidualLossOfABlockCode() {
        assertThat(LossFormulas.fecResidual(4, 1, 0.1)).isCloseTo(0.0271, within(1e-12));
        assertThat(LossFormulas.fecResidual(10, 2, 0.05)).isCloseTo(0.0035605698097656243, within(1e-14));
    }

    @Test
    void shouldBeTheLossItselfWithoutRepairAndTheRarestCaseWithAlmostOnlyRepair() {
        assertThat(LossFormulas.fecResidual(20, 0, 0.3)).isCloseTo(0.3, within(1e-12));
        assertThat(LossFormulas.fecResidual(5, 4, 0.3)).isCloseTo(Math.pow(0.3, 5), within(1e-12));
        assertThat(LossFormulas.fecResidual(5_000, 0, 0.5)).as("no underflow").isCloseTo(0.5, within(1e-9));
        assertThat(LossFormulas.fecResidual(5, 2, 0)).isZero();
        assertThat(LossFormulas.fecResidual(5, 2, 1)).isEqualTo(1);
        assertThatThrownBy(() -> LossFormulas.fecResidual(5, 5, 0.1))
                .isInstanceOf(TransportException.class)
                .hasMessage("repairPackets=5.0 must be from 0.0 to 4.0");
    }

    @Test
    void shouldAgreeWithASimulationOfBlocks() {
        final long seed = 1;
        final Random random = new Random(seed);
        final int blocks = 400_000;
        long lost = 0;
        for (int block = 0; block < blocks; block++) {
            int missing = 0;
            for (int i = 0; i < 8; i++) {
                missing += random.nextDouble() < 0.1 ? 1 : 0;
            }
            lost += missing > 2 ? missing : 0;
        }
        assertThat(lost / (8.0 * blocks))
                .as("seed %d", seed)
                .isCloseTo(LossFormulas.fecResidual(8, 2, 0.1), Percentage.withPercentage(3));
    }
}
