package io.fizeau.bench.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long nobody has been there: at first for ever, and a second after somebody was. Used by one thread. */
final class Solitude {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private boolean isLong = true;
    private boolean isOn = true;
    private long sinceNs;

    Solitude(final LongSupplier clock) {
        this.clock = clock;
    }

    /** Somebody is there, or has just come. Reads no clock. */
    void end() {
        isOn = false;
        isLong = false;
    }

    /** Whether nobody has been there for a second; asked again and again as long as nothing happens. */
    boolean isLong() {
        if (isLong) {
            return true;
        }
        final long nowNs = clock.getAsLong();
        if (!isOn) {
            isOn = true;
            sinceNs = nowNs;
        }
        isLong = nowNs - sinceNs >= LONG_NS;
        return isLong;
    }
}
