package io.fizeau.core.theory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryLatencyTest {
    private static final double MS = 1e6;

    @Test
    void shouldTakeARoundTripAndAHalfAndTheDetection() {
        assertThat(RecoveryLatency.nakNs(20 * MS, MS, 0.5 * MS)).isEqualTo(31.5 * MS);
        assertThat(RecoveryLatency.packetThresholdNs(20 * MS, MS)).isEqualTo(33 * MS);
    }

    @Test
    void shouldResendOnTheThresholdThatComesFirst() {
        assertThat(RecoveryLatency.timeThresholdNs(20 * MS, MS, MS)).isEqualTo(32.5 * MS);
        assertThat(RecoveryLatency.sackNs(20 * MS, MS, MS)).as("the time").isEqualTo(32.5 * MS);
        assertThat(RecoveryLatency.sackNs(20 * MS, 0.1 * MS, MS))
                .as("the packets")
                .isEqualTo(30.3 * MS);
        assertThat(RecoveryLatency.timeThresholdNs(20 * MS, 10 * MS, MS))
                .as("no earlier than a later packet is acknowledged")
                .isEqualTo(40 * MS);
        assertThat(RecoveryLatency.timeThresholdNs(0.2 * MS, 0, MS))
                .as("granularity")
                .isEqualTo(1.1 * MS);
    }

    @Test
    void shouldWaitForTheTimerAtTheTail() {
        final double pto = RecoveryLatency.probeTimeoutNs(20 * MS, 2 * MS, MS, 25 * MS);
        assertThat(pto).isEqualTo(53 * MS);
        assertThat(RecoveryLatency.tailNs(20 * MS, pto)).isEqualTo(63 * MS);
        assertThat(RecoveryLatency.probeTimeoutNs(20 * MS, 0, MS, 0))
                .as("granularity")
                .isEqualTo(21 * MS);
        assertThat(RecoveryLatency.retransmissionTimeoutNs(20 * MS, 2 * MS, MS, 1_000 * MS))
                .isEqualTo(1_000 * MS);
        assertThat(RecoveryLatency.retransmissionTimeoutNs(2 * MS, 0, 200 * MS, 0))
                .as("as Linux does it")
                .isEqualTo(202 * MS);
    }

    @Test
    void shouldNeedNoRoundTripForARepair() {
        assertThat(RecoveryLatency.fecNs(20 * MS, MS, 6)).isEqualTo(16 * MS);
    }
}
