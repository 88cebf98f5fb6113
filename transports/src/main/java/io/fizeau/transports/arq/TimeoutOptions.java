package io.fizeau.transports.arq;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.cumulative.CumulativeOptions;
import java.time.Duration;

/** The options of the mechanisms that wait for a retransmission time-out. */
final class TimeoutOptions {
    private static final Option<Duration> RTO_MIN = Option.duration(
            "rtoMin",
            Duration.ofMillis(10),
            Duration.ofNanos(100_000),
            Duration.ofSeconds(10),
            "the shortest retransmission time-out");
    private static final Option<Duration> RTO_MAX = Option.duration(
            "rtoMax",
            Duration.ofSeconds(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            "the longest, however often it is doubled; at least rtoMin");

    private TimeoutOptions() {}

    static Option<?>[] all() {
        return new Option<?>[] {RTO_MIN, RTO_MAX};
    }

    static CumulativeOptions of(final Settings settings) {
        return new CumulativeOptions(
                settings.get(RTO_MIN).toNanos(), settings.get(RTO_MAX).toNanos());
    }
}
