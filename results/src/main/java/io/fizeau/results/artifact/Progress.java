package io.fizeau.results.artifact;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes on one line in so many seconds of what a program prints, so that a long run shows that it goes on. Thread-safe. */
final class Progress implements Consumer<String> {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(15);
    private static final int LONGEST = 100;

    private final Consumer<String> to;
    private final LongSupplier nanoTime;
    private long lastNs; // guarded by this

    Progress(final Consumer<String> to, final LongSupplier nanoTime) {
        this.to = to;
        this.nanoTime = nanoTime;
        this.lastNs = nanoTime.getAsLong();
    }

    @Override
    public synchronized void accept(final String line) {
        final long now = nanoTime.getAsLong();
        if (now - lastNs >= EVERY_NS && !line.isBlank()) {
            lastNs = now;
            to.accept("    " + (line.length() > LONGEST ? line.substring(0, LONGEST) : line));
        }
    }
}
