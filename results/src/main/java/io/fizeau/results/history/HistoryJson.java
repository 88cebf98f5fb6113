package io.fizeau.results.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.table.JsonValues;
import java.util.Locale;

/** Histories for a program. Stateless. */
final class HistoryJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private HistoryJson() {}

    static String render(final Histories histories) {
        final ObjectNode root = NODES.objectNode().put("schema", "fizeau.history/1");
        final ArrayNode rows = root.putArray("rows");
        histories.rows().forEach(history -> rows.add(history(history)));
        root.set("problems", JsonValues.texts(histories.problems()));
        root.set("notices", JsonValues.texts(histories.notices()));
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
            JsonValues.put(one, "pValue", change.pValue());
            JsonValues.put(one, "before", change.before());
            JsonValues.put(one, "after", change.after());
            JsonValues.put(one, "ratio", change.ratio());
            one.put("verdict", HistoryText.word(change, history.measure()));
            one.set("machineChanges", JsonValues.texts(change.machineChanges()));
        }
        node.set("remarks", JsonValues.texts(history.remarks()));
        return node;
    }

    private static ObjectNode point(final HistoryPoint point) {
        final ObjectNode node = NODES.objectNode();
        node.put("run", point.run())
                .put("label", point.label())
                .put("startedAt", point.startedAt())
                .put("commit", point.commit());
        JsonValues.put(node, "median", point.value().median());
        JsonValues.put(node, "min", point.value().min());
        JsonValues.put(node, "max", point.value().max());
        node.put("forks", point.value().count());
        node.put("valid", point.validity().isValid());
        node.set("reasons", JsonValues.texts(point.validity().reasons()));
        node.set("machineChanges", JsonValues.texts(point.machineChanges()));
        return node;
    }
}
