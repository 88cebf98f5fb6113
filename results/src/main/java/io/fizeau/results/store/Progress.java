package io.fizeau.results.store;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says how far something is that takes more than two seconds, and then every five. One thread. */
public final class Progress {
    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(5);

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private long nextNs;

    /**
     * @param lines takes each line.
     * @param nanoTime a clock such as {@link System#nanoTime}.
     */
    public Progress(final Consumer<String> lines, final LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        nextNs = nanoTime.getAsLong() + FIRST_NS;
    }

    /**
     * Says it if it is time to.
     *
     * @param done so many.
     * @param of all of them.
     */
    public void tell(final int done, final int of) {
        final long nowNs = nanoTime.getAsLong();
        if (nowNs - nextNs >= 0 && done < of) {
            nextNs = nowNs + STEP_NS;
            lines.accept(done + " of " + of + " runs");
        }
    }
}
