package io.fizeau.bench.instrument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The outcomes of a verification, to be shown. Immutable.
 *
 * @param machine what it was done on, name to text.
 * @param outcomes in order.
 */
public record Report(Map<String, String> machine, List<Outcome> outcomes) {
    /** The version of the JSON form. */
    static final String SCHEMA = "fizeau.instrument/1";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the list. */
    public Report {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Whether nothing is off.
     *
     * @return true if each outcome is OK or SKIPPED.
     */
    public boolean isOk() {
        return count(Verdict.OFF) == 0;
    }

    /**
     * For a person: a table of one screen, and below it what there is to say of what is not OK.
     *
     * @return lines, each ended.
     */
    public String text() {
        final List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("experiment", "", "expected", "tolerance", "measured", "verdict"));
        String last = "";
        for (final Outcome outcome : outcomes) {
            cells.add(List.of(
                    outcome.experiment().equals(last) ? "" : outcome.experiment(),
                    outcome.what(),
                    outcome.expected(),
                    outcome.tolerance(),
                    outcome.measured(),
                    outcome.verdict().name()));
            last = outcome.experiment();
        }
        final StringBuilder text = new StringBuilder();
        cells.forEach(row -> append(text, row, cells));
        text.append('\n');
        notes().forEach(text::append);
        machine.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.append(summary()).append('\n').toString();
    }

    /**
     * For a program: everything in the text, and the numbers in full.
     *
     * @return JSON, ended by a line's end.
     */
    public String json() {
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        final ObjectNode host = root.putObject("machine");
        machine.forEach(host::put);
        root.put("ok", isOk());
        final ArrayNode all = root.putArray("outcomes");
        outcomes.forEach(outcome -> add(all.addObject(), outcome));
        try {
            return JSON.writeValueAsString(root) + '\n';
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }

    /** What there is to say of what is not OK; what holds for several quantities of an experiment is said once. */
    private Collection<StringJoiner> notes() {
        final Map<String, StringJoiner> lines = new LinkedHashMap<>();
        for (final Outcome outcome : outcomes) {
            if (outcome.verdict() != Verdict.OK && !outcome.note().isEmpty()) {
                final String about = outcome.verdict() + " " + outcome.experiment() + ", ";
                lines.computeIfAbsent(
                                about + outcome.note(),
                                key -> new StringJoiner("; ", about, ": " + outcome.note() + '\n'))
                        .add(outcome.what());
            }
        }
        return lines.values();
    }

    private String summary() {
        final long off = count(Verdict.OFF);
        final long skipped = count(Verdict.SKIPPED);
        final String counts = String.format(Locale.ROOT, "%d OK, %d OFF, %d SKIPPED", count(Verdict.OK), off, skipped);
        return off == 0
                ? "The instrument is right as far as these experiments tell: " + counts + '.'
                : counts + ". Whatever else runs on this machine counts too: see the load above, and repeat one alone"
                        + " with --only NAME.";
    }

    private long count(final Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
    }

    private static void append(final StringBuilder text, final List<String> row, final List<List<String>> cells) {
        final StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            final int at = column;
            final int width = cells.stream()
                    .mapToInt(other -> other.get(at).length())
                    .max()
                    .orElse(0);
            line.append(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", row.get(column)));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void add(final ObjectNode node, final Outcome outcome) {
        node.put("experiment", outcome.experiment());
        node.put("what", outcome.what());
        node.put("expected", outcome.expected());
        node.put("tolerance", outcome.tolerance());
        node.put("measured", outcome.measured());
        final Outcome.Figures figures = outcome.figures();
        if (figures != null) {
            final ObjectNode numbers = node.putObject("figures");
            put(numbers, "expected", figures.expected());
            put(numbers, "low", figures.low());
            put(numbers, "high", figures.high());
            put(numbers, "measured", figures.measured());
            numbers.put("unit", figures.unit());
        }
        node.put("verdict", outcome.verdict().name());
        node.put("note", outcome.note());
    }

    private static void put(final ObjectNode node, final String name, final double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
