package io.fizeau.bench.cli;

import io.fizeau.core.error.TransportException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;

/**
 * Prints what goes wrong in a server, a line each, for the person at its terminal: who was refused, and why. A flood of them becomes a few
 * lines a second, which say how many others there were. Thread-safe.
 */
final class ErrorLines implements ErrorHandler {
    private static final int LINES_A_SECOND = 5;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final LongSupplier clockNs;
    private long secondNs;
    private int lines;
    private long others;

    /**
     * Prints nothing yet.
     *
     * @param out where to.
     * @param clockNs the time, as {@link System#nanoTime()} gives it.
     */
    ErrorLines(final PrintStream out, final LongSupplier clockNs) {
        this.out = out;
        this.clockNs = clockNs;
        this.secondNs = clockNs.getAsLong();
    }

    @Override
    public synchronized void onError(final Throwable error) {
        final long nowNs = clockNs.getAsLong();
        if (nowNs - secondNs >= SECOND_NS) {
            tellOthers();
            secondNs = nowNs;
            lines = 0;
        }
        if (lines == LINES_A_SECOND) {
            others++;
        } else {
            lines++;
            out.println(TransportException.textOf(error));
            out.flush();
        }
    }

    /** Tells of those that were not printed. */
    synchronized void end() {
        tellOthers();
    }

    private void tellOthers() {
        if (others > 0) {
            out.println("and " + others + " more");
            out.flush();
            others = 0;
        }
    }
}
