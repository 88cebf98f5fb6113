package io.fizeau.results.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts too long for a cell: each stands once beneath the table, under a number. One thread. */
public final class Footnotes {
    private final List<String> texts = new ArrayList<>();

    /** What a cell says about validity: {@code yes}, {@code NO [1]}, or {@code yes [2]} where there is only a remark. */
    String validity(final List<String> reasons, final List<String> remarks) {
        return (reasons.isEmpty() ? "yes" : "NO") + marks(Stream.concat(reasons.stream(), remarks.stream()));
    }

    /**
     * {@return the numbers of these texts as they stand behind a cell, {@code  [1,2]}; nothing if there are none}
     *
     * @param notes each a text of its own.
     */
    public String marks(final Stream<String> notes) {
        final String numbers =
                notes.map(this::number).sorted().map(String::valueOf).collect(Collectors.joining(","));
        return numbers.isEmpty() ? "" : " [" + numbers + ']';
    }

    private int number(final String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text) + 1;
    }

    /** {@return the texts with their numbers, in order} */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            lines.add("[" + (i + 1) + "] " + texts.get(i));
        }
        return lines;
    }
}
