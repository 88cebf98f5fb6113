package io.fizeau.core.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.core.error.TransportException;
import org.junit.jupiter.api.Test;

class ArqEfficiencyTest {
    @Test
    void shouldGiveTheTextbookExampleOfSelectiveRepeat() {
        assertThat(ArqEfficiency.selectiveRepeat(10, 0.1, 22)).isCloseTo(0.900, within(1e-12));
        assertThat(ArqEfficiency.selectiveRepeat(10, 0.1, 7))
                .as("a third of the pipe")
                .isCloseTo(0.3, within(1e-12));
    }

    @Test
    void shouldSendOneFrameARoundTrip() {
        assertThat(ArqEfficiency.stopAndWait(2, 0, 0)).isEqualTo(0.2);
        assertThat(ArqEfficiency.stopAndWait(2, 0.5, 0.5)).isEqualTo(0.05);
        assertThat(ArqEfficiency.stopAndWait(2, 1, 0)).isZero();
    }

    @Test
    void shouldRepeatAWindowForEachLoss() {
        assertThat(ArqEfficiency.goBackN(0.1, ArqEfficiency.textbookRepeats(10)))
                .isCloseTo(0.3, within(1e-12));
        assertThat(ArqEfficiency.goBackN(0.1, ArqEfficiency.timerRepeats(10))).isCloseTo(0.9 / 3.1, within(1e-12));
        assertThat(ArqEfficiency.goBackN(0, 100)).isEqualTo(1);
    }

    @Test
    void shouldAgreeWhereThereIsNoPipe() {
        for (double p = 0; p <= 1; p += 0.125) {
            assertThat(ArqEfficiency.stopAndWait(0, p, 0)).isEqualTo(1 - p);
            assertThat(ArqEfficiency.goBackN(p, ArqEfficiency.textbookRepeats(0)))
                    .isEqualTo(1 - p);
            assertThat(ArqEfficiency.selectiveRepeat(0, p, 1)).isEqualTo(1 - p);
        }
    }

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertThatThrownBy(() -> ArqEfficiency.goBackN(1.5, 3))
                .isInstanceOf(TransportException.class)
                .hasMessage("p=1.5 must be from 0.0 to 1.0");
        assertThatThrownBy(() -> ArqEfficiency.selectiveRepeat(Double.NaN, 0, 1))
                .isInstanceOf(TransportException.class)
                .hasMessage("a=NaN must be at least 0.0");
    }
}
