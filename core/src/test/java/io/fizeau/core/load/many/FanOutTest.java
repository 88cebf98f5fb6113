package io.fizeau.core.load.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.LoadRig;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.tck.faulty.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FanOutTest {
    private static final int RECEIVERS = 17;
    private static final int MESSAGES = 200;

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldWaitForEveryReceiversCopyOfEachMessage(Driving driving) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                FanOut fanOut = FanOut.connect(rig.end(driving), RECEIVERS)) {
            fanOut.verify(3);
            for (int phase = 0; phase < 2; phase++) {
                fanOut.begin(Check.SEQUENCE);
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(fanOut.publish()).isEqualTo(i);
                }
                PhaseCounts counts = fanOut.end();
                assertThat(counts.sent()).isEqualTo(MESSAGES);
                assertThat(counts.outOfOrder()).isZero();
                assertThat(fanOut.takeEach().count()).isEqualTo(MESSAGES * RECEIVERS);
                assertThat(fanOut.takeLast().count()).isEqualTo(MESSAGES);
            }
        }
    }

    @Test
    void shouldNotSendToAConnectionThatHasLeft() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                FanOut stays = FanOut.connect(rig.end(Driving.CALLER), 2)) {
            try (FanOut leaves = FanOut.connect(rig.end(Driving.OWN), 3)) {
                leaves.verify(2);
            }
            // Of the same run and phase: what is still there of the others must not get copies, and nothing must wait
            // for them.
            stays.verify(2);
            assertThat(stays.takeEach().count()).isEqualTo(4);
        }
    }

    @Test
    void shouldFailWhenACopyIsAnother() {
        try (LoadRig rig = LoadRig.withResponder(Fault.CORRUPT);
                FanOut fanOut = FanOut.connect(rig.end(Driving.CALLER), 4)) {
            assertThatThrownBy(() -> fanOut.verify(MESSAGES))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages");
        }
    }

    @Test
    void shouldFailWhenACopyIsMissing() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DROP).impatient();
                FanOut fanOut = FanOut.connect(rig.end(Driving.CALLER), 4)) {
            fanOut.begin(Check.SEQUENCE);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < MESSAGES; i++) {
                            fanOut.publish();
                        }
                    })
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no answer within 2000 ms");
        }
    }
}
