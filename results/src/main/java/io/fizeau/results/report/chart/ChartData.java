package io.fizeau.results.report.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Charts as the JSON that the page's script reads: for each line its marks as {@code [x, middle, least, greatest, valid, note]}, the note
 * only where there is one, and just {@code [x]} where a line has nothing to tell, which breaks it. Stateless.
 */
public final class ChartData {
    /** A chart shows no more digits than this. */
    private static final MathContext DIGITS = new MathContext(5);

    private ChartData() {}

    /**
     * {@return the JSON, safe within a script element: what could end it is written as an escape}
     *
     * @param charts in the order of the page.
     */
    public static String json(final List<Chart> charts) {
        final ArrayNode array = JsonNodeFactory.instance.arrayNode();
        charts.forEach(chart -> array.add(chart(chart)));
        // These stand in strings only, never in the structure of JSON.
        return array.toString().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static ObjectNode chart(final Chart chart) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("x", axis(chart.x()));
        node.set("y", axis(chart.y()));
        if (!chart.names().isEmpty()) {
            final ArrayNode names = node.putArray("names");
            chart.names().forEach(names::add);
        }
        final ArrayNode lines = node.putArray("lines");
        for (final Line line : chart.lines()) {
            final ArrayNode marks = lines.addObject()
                    .put("name", line.name())
                    .put("colour", line.colour())
                    .put("style", line.style())
                    .put("theory", line.kind() == Line.Kind.THEORY)
                    .putArray("marks");
            line.marks().forEach(mark -> add(marks, mark));
        }
        return node;
    }

    private static ObjectNode axis(final Axis axis) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("label", axis.label())
                .put("unit", axis.unit().name().toLowerCase(Locale.ROOT))
                .put("scale", axis.scale().name().toLowerCase(Locale.ROOT));
    }

    private static void add(final ArrayNode marks, final Mark mark) {
        final ArrayNode node = marks.addArray().add(plain(BigDecimal.valueOf(mark.x())));
        if (!mark.y().isPresent()) {
            return;
        }
        node.add(rounded(mark.y().median()))
                .add(rounded(mark.y().min()))
                .add(rounded(mark.y().max()))
                .add(mark.valid() ? 1 : 0);
        if (!mark.note().isEmpty()) {
            node.add(mark.note());
        }
    }

    private static BigDecimal rounded(final double value) {
        final BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }

    private static BigDecimal plain(final BigDecimal value) {
        final BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
