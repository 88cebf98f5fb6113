package io.fizeau.bench.progress;

import java.io.PrintStream;

/**
 * Where text for a person goes.
 *
 * @param out the stream.
 * @param isInteractive true if what was written can be written over; else every line stays.
 * @param columns how wide it is.
 */
public record Terminal(PrintStream out, boolean isInteractive, int columns) {
    /**
     * Cuts a line that would wrap, where that matters.
     *
     * @param line without colours.
     * @return at most as wide as the terminal, if it is one.
     */
    public String fit(final String line) {
        return isInteractive && line.length() >= columns ? line.substring(0, Math.max(1, columns - 1)) : line;
    }
}
