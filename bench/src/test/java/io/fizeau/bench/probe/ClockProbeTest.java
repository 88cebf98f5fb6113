package io.fizeau.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockProbeTest {
    @Test
    void shouldTellTheTickOfASlewedClock() {
        int[] steps = new int[100];
        steps[20] = 270_304;
        steps[21] = 7_134;
        steps[30] = 90_536;

        assertThat(ClockProbe.tick(steps)).isEqualTo(10);
    }

    @Test
    void shouldTellTheTickOfAFineClock() {
        int[] steps = new int[100];
        steps[22] = 900;
        steps[23] = 800;

        assertThat(ClockProbe.tick(steps)).isEqualTo(1);
    }

    @Test
    void shouldTakeTheOnlyStepOfACoarseClockForItsTick() {
        int[] steps = new int[2_000];
        steps[1_000] = 5_000;
        steps[1_900] = 1;

        assertThat(ClockProbe.tick(steps)).isEqualTo(1_000);
    }

    @Test
    void shouldFindACostAndATickOnThisMachine() {
        ClockProbe probe = ClockProbe.run();

        assertThat(probe.costNs()).isPositive();
        assertThat(probe.tickNs()).isPositive();
    }
}
