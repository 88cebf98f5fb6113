package io.fizeau.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.AeronCounters;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

class AeronDriverTest {
    @Test
    void shouldChooseSystemCountersByTheirNumber() {
        CountersManager counters =
                new CountersManager(new UnsafeBuffer(new byte[1 << 16]), new UnsafeBuffer(new byte[1 << 14]));
        set(counters, AeronCounters.SYSTEM_COUNTER_ID_NAK_MESSAGES_SENT, 3);
        set(counters, AeronCounters.SYSTEM_COUNTER_ID_RETRANSMITS_SENT, 5);
        set(counters, AeronCounters.SYSTEM_COUNTER_ID_RESOLUTION_CHANGES, 7);
        // Another kind of counter whose key starts with the same number.
        int other = counters.allocate(
                "other",
                AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID,
                key -> key.putInt(0, AeronCounters.SYSTEM_COUNTER_ID_ERRORS));
        counters.setCounterValue(other, 9);

        assertThat(AeronDriver.chosen(counters))
                .containsExactlyInAnyOrderEntriesOf(Map.of("naksSent", 3L, "retransmits", 5L));
    }

    @Test
    void shouldSayThatAProcessHasNoDriver() {
        assertThat(AeronDriver.read(1).reason()).isEqualTo("unavailable: process 1 has no embedded media driver");
    }

    private static void set(CountersManager counters, int number, long value) {
        int id = counters.allocate(
                "counter " + number, AeronCounters.DRIVER_SYSTEM_COUNTER_TYPE_ID, key -> key.putInt(0, number));
        counters.setCounterValue(id, value);
    }
}
