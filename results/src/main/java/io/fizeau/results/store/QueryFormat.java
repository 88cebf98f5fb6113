package io.fizeau.results.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.csv.Csv;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms in which the answer to a query can be had. */
public enum QueryFormat {
    /** For a terminal. */
    TEXT,
    /** For a notebook. */
    CSV,
    /** For a program: an array with an object for each line. */
    JSON;

    /**
     * Asks, and writes the answer.
     *
     * @param question what is asked.
     * @param out takes the answer.
     * @param mostLines how many lines a terminal gets at most, 0 for all; a file always gets all.
     * @param columns how wide the terminal is.
     */
    public void write(final Question question, final PrintWriter out, final int mostLines, final int columns) {
        switch (this) {
            case TEXT -> {
                final QueryText text = new QueryText(mostLines, columns);
                question.ask(text);
                text.lines().forEach(out::println);
            }
            case CSV -> question.ask(new ToCsv(out));
            case JSON -> {
                final ToJson json = new ToJson(out);
                question.ask(json);
                json.end();
            }
        }
        out.flush();
    }

    /** Something that can be asked once. */
    @FunctionalInterface
    public interface Question {
        /**
         * Asks.
         *
         * @param answer takes what comes back.
         */
        void ask(StoreQuery.Answer answer);
    }

    private record ToCsv(PrintWriter out) implements StoreQuery.Answer {
        @Override
        public void columns(final List<String> columns) {
            out.print(Csv.line(columns));
        }

        @Override
        public void line(final List<@Nullable Object> values) {
            out.print(Csv.line(values.stream().map(QueryValues::exact).toList()));
        }
    }

    private static final class ToJson implements StoreQuery.Answer {
        private final PrintWriter out;
        private final List<String> names = new ArrayList<>();
        private int lines;

        ToJson(final PrintWriter out) {
            this.out = out;
        }

        @Override
        public void columns(final List<String> columns) {
            names.addAll(columns);
        }

        @Override
        public void line(final List<@Nullable Object> values) {
            final ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < names.size(); i++) {
                object.set(names.get(i), QueryValues.json(values.get(i)));
            }
            out.print((lines++ == 0 ? "[\n" : ",\n") + object);
        }

        void end() {
            out.println(lines == 0 ? "[]" : "\n]");
        }
    }
}
