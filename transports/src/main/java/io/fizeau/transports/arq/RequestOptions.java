package io.fizeau.transports.arq;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.nak.NakOptions;
import java.time.Duration;

/** The options of the mechanisms whose receiver asks for what is missing. */
final class RequestOptions {
    private static final Option<Duration> RETRY_MAX = Option.duration(
            "nakRetryMax",
            Duration.ofSeconds(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            "the longest wait until what is missing is asked for again");
    private static final Option<Duration> HEARTBEAT_MAX = Option.duration(
            "heartbeatMax",
            Duration.ofMillis(100),
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            "the longest wait until an idle sender says how far it has come");

    private final Option<Duration> delay;

    RequestOptions(final NakOptions defaults) {
        delay = Option.duration(
                "nakDelay",
                Duration.ofNanos(defaults.nakDelayNs()),
                Duration.ZERO,
                Duration.ofSeconds(1),
                "how long a gap may last before it is asked for, so that what is only late is not");
    }

    Option<Duration> delay() {
        return delay;
    }

    Option<Duration> retryMax() {
        return RETRY_MAX;
    }

    Option<Duration> heartbeatMax() {
        return HEARTBEAT_MAX;
    }

    NakOptions of(final Settings settings) {
        return new NakOptions(
                settings.get(delay).toNanos(),
                settings.get(RETRY_MAX).toNanos(),
                settings.get(HEARTBEAT_MAX).toNanos());
    }
}
