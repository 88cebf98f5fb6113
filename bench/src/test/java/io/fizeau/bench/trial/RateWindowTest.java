package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static final int MESSAGE_BYTES = 1_000;
    private static final long MS = 1_000_000;

    @Test
    void shouldNotLimitAFastLinkForLong() {
        // What gets through is the window each round trip of 20 ms, but no more than 100 Mbit/s.
        RateWindow window = RateWindow.parse("auto", MESSAGE_BYTES);
        window.begin(0);
        double acknowledged = 0;
        int last = window.messages();
        for (long ms = 20; ms <= 2_000; ms += 20) {
            acknowledged += Math.min(last, 250);
            last = window.update(ms * MS, (long) acknowledged);
        }

        assertThat(last).as("the pipe holds 250 messages").isGreaterThan(10_000);
    }

    @Test
    void shouldDrainInAboutASecondOnceTheLinkIsSlow() {
        RateWindow window = RateWindow.parse("auto", MESSAGE_BYTES);
        window.begin(0);
        for (long ms = 0; ms <= 1_000; ms += 10) {
            window.update(ms * MS, ms * 10);
        }
        assertThat(window.messages()).isBetween(9_000, 11_000);
        for (long ms = 1_010; ms <= 3_000; ms += 10) {
            window.update(ms * MS, 10_000 + (ms - 1_000) / 10);
        }
        assertThat(window.messages()).isBetween(90, 110);
    }

    @Test
    void shouldKeepSomethingUnderWayHoweverSlowTheLinkIs() {
        RateWindow window = RateWindow.parse("auto", MESSAGE_BYTES);
        window.begin(0);
        for (long ms = 0; ms <= 5_000; ms += 100) {
            window.update(ms * MS, 0);
        }
        assertThat(window.messages()).isEqualTo((32 << 10) / MESSAGE_BYTES);
        assertThat(RateWindow.parse("auto", 1 << 20).messages()).isEqualTo(2);
    }

    @Test
    void shouldStayWhereItWasPut() {
        RateWindow window = RateWindow.parse("64k", MESSAGE_BYTES);
        window.begin(0);
        window.update(1_000 * MS, 1_000_000);
        assertThat(window.messages()).isEqualTo(65);
        assertThatThrownBy(() -> RateWindow.parse("wide", MESSAGE_BYTES))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("windowBytes");
    }
}
