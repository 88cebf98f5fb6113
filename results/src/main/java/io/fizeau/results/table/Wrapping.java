package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.List;

/** Running text in lines that fit a terminal. Stateless. */
public final class Wrapping {
    /** The usual width, in columns. */
    public static final int WIDTH = 100;

    private static final int INDENT = 10;

    private Wrapping() {}

    /**
     * {@return the text in lines of at most {@value #WIDTH} columns where its words allow it}
     *
     * @param name stands before the first line; the text is indented by its column. Empty for a paragraph by itself.
     * @param text of any length.
     */
    public static List<String> wrapped(final String name, final String text) {
        return wrapped(name, text, WIDTH);
    }

    /**
     * {@return the same for lines of another width}
     *
     * @param name stands before the first line.
     * @param text of any length.
     * @param width in columns.
     */
    public static List<String> wrapped(final String name, final String text, final int width) {
        final int indent = name.isEmpty() ? 0 : INDENT;
        final List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(name).append(" ".repeat(Math.max(0, indent - name.length())));
        int content = line.length();
        for (final String word : text.strip().split("\\s+", -1)) {
            if (line.length() > content && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(name.isEmpty() ? 4 : INDENT));
                content = line.length();
            }
            if (line.length() > content) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
