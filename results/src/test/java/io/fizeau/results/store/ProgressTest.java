package io.fizeau.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void shouldSpeakAfterTwoSecondsAndThenEveryFive() {
        final AtomicLong clockNs = new AtomicLong(-1);
        final List<String> lines = new ArrayList<>();
        final Progress progress = new Progress(lines::add, clockNs::get);
        for (int second = 1; second <= 8; second++) {
            clockNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.tell(second, 8);
        }
        assertThat(lines).containsExactly("2 of 8 runs", "7 of 8 runs");
    }
}
