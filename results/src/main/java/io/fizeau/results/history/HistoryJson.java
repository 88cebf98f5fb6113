package io.fizeau.results.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Histories for a program. Stateless. */
final class HistoryJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private HistoryJson() {}

    static String render(final Histories histories) {
        final ObjectNode root = NODES.objectNode().put("schema", "fizeau.history/1");
        final ArrayNode rows = root.putArray("rows");
        histories.rows().forEach(history -> rows.add(history(history)));
        root.set("problems", texts(histories.problems()));
        root.set("notices", texts(histories.notices()));
        return root.toPrettyString() + '\n';
    }

    private static ObjectNode history(final History history) {
        final ObjectNode node =
                NODES.objectNode().put("benchmark", history.row().benchmark());
        final ObjectNode params = node.putObject("params");
        history.row().params().forEach(params::put);
        node.put("metric", history.measure().name())
                .put("unit", history.measure().unit())
                .put("better", history.measure().better().name().toLowerCase(Locale.ROOT));
        final ArrayNode points = node.putArray("points");
        history.points().forEach(point -> points.add(point(point)));
        final ArrayNode changes = node.putArray("changes");
        for (final ChangePoint change : history.changes()) {
            final ObjectNode one = changes.addObject().put("point", change.point());
            one.put("run", history.points().get(change.point()).run());
            put(one, "pValue", change.pValue());
            put(one, "before", change.before());
            put(one, "after", change.after());
            put(one, "ratio", change.ratio());
            one.put("verdict", HistoryText.word(change, history.measure()));
            one.set("machineChanges", texts(change.machineChanges()));
        }
        node.set("remarks", texts(history.remarks()));
        return node;
    }

    private static ObjectNode point(final HistoryPoint point) {
        final ObjectNode node = NODES.objectNode();
        node.put("run", point.run())
                .put("label", point.label())
                .put("startedAt", point.startedAt())
                .put("commit", point.commit());
        put(node, "median", point.value().median());
        put(node, "min", point.value().min());
        put(node, "max", point.value().max());
        node.put("forks", point.value().count());
        node.put("valid", point.validity().isValid());
        node.set("reasons", texts(point.validity().reasons()));
        node.set("machineChanges", texts(point.machineChanges()));
        return node;
    }

    private static ArrayNode texts(final List<String> texts) {
        final ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static void put(final ObjectNode node, final String name, final double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
