package io.fizeau.results.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A sweep's table for a program: everything the text shows, in full precision, with null where there is no number. */
final class SweepJsonRendering {
    private static final String SCHEMA = "fizeau.sweep/1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SweepJsonRendering() {}

    static String render(final SweepTable table) {
        final SweepSheets sheets = new SweepSheets(table);
        final ObjectNode root = NODES.objectNode();
        root.put("schema", SCHEMA);
        root.put("run", table.run().location().toString());
        root.put("label", table.run().manifest().label());
        root.put("topology", table.run().manifest().topology());
        root.put("complete", table.run().manifest().complete());
        root.put("incompleteReason", table.run().manifest().incompleteReason());
        root.set("slo", JsonValues.texts(table.sweep().slo()));
        JsonValues.put(root, "precision", table.sweep().precision());
        root.put("repeats", table.sweep().repeats());
        final ObjectNode headlines = root.putObject("headlines");
        sheets.headlines().forEach(headlines::put);
        final ArrayNode curves = root.putArray("curves");
        table.curves().forEach(curve -> curves.add(curve(sheets, curve)));
        return root.toPrettyString() + '\n';
    }

    private static ObjectNode curve(final SweepSheets sheets, final SweepTable.Curve curve) {
        final ObjectNode node = NODES.objectNode();
        node.put("transport", curve.spec());
        node.put("regime", curve.regime());
        node.put("messageBytes", curve.messageBytes());
        node.put("variant", curve.variant());
        JsonValues.put(node, "highestHeldPerSecond", curve.highestPerSecond());
        JsonValues.put(node, "heldInTheSweepPerSecond", curve.edge().heldPerSecond());
        JsonValues.put(node, "lowestFailedPerSecond", curve.edge().failedPerSecond());
        node.put("state", curve.edge().state());
        node.put("said", sheets.edge(curve));
        node.set("doubts", JsonValues.texts(curve.doubts()));
        final ArrayNode points = node.putArray("points");
        curve.points().forEach(point -> points.add(point(point)));
        return node;
    }

    private static ObjectNode point(final SweepTable.Point point) {
        final ObjectNode node = NODES.objectNode();
        JsonValues.put(node, "offeredPerSecond", point.ratePerSecond());
        node.set("sentPerSecond", JsonRendering.summary(point.achievedPerSecond()));
        node.set("p50Ns", JsonRendering.summary(point.p50Ns()));
        node.set("p99Ns", JsonRendering.summary(point.p99Ns()));
        node.set("p999Ns", JsonRendering.summary(point.p999Ns()));
        node.set("latenessP99Ns", JsonRendering.summary(point.latenessP99Ns()));
        node.put("held", point.held());
        node.put("failed", point.failed());
        node.put("unclear", point.unclear());
        node.put("holds", point.word());
        node.set("whys", JsonValues.texts(point.whys()));
        node.put("valid", point.validity().isValid());
        node.set("reasons", JsonValues.texts(point.validity().reasons()));
        node.set("remarks", JsonValues.texts(point.validity().remarks()));
        return node;
    }
}
