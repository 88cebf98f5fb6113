package io.fizeau.results.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.compare.Comparison;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import java.util.List;

/** The table for a program: everything the text shows, in full precision, with null where there is no number. */
final class JsonRendering {
    /** The version of the form. */
    static final String SCHEMA = "fizeau.table/1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonRendering() {}

    static String render(final RunTable table) {
        final Headlines head = new Headlines(table);
        final ObjectNode root = NODES.objectNode();
        root.put("schema", SCHEMA);
        root.put("run", table.run().location().toString());
        root.put("label", table.run().manifest().label());
        root.put("topology", table.run().manifest().topology());
        root.put("complete", table.run().manifest().complete());
        root.put("incompleteReason", table.run().manifest().incompleteReason());
        root.put("title", head.title());
        final ObjectNode headlines = root.putObject("headlines");
        head.lines().forEach(headlines::put);
        final ArrayNode floors = root.putArray("floors");
        table.floors().forEach(line -> floors.add(line(line)));
        final ArrayNode groups = root.putArray("groups");
        for (final TransportGroup group : table.groups()) {
            final ObjectNode node = groups.addObject();
            node.put("title", group.title());
            node.put("regime", group.regime());
            node.put("reference", group.reference());
            final ArrayNode lines = node.putArray("transports");
            group.lines().forEach(line -> lines.add(line(line)));
        }
        final ArrayNode open = root.putArray("openLoop");
        table.open().forEach(line -> open.add(open(line)));
        final ArrayNode links = root.putArray("overLink");
        table.links().forEach(line -> links.add(link(line)));
        final ArrayNode figures = root.putArray("figures");
        table.figures().forEach(line -> figures.add(figure(line)));
        final ArrayNode others = root.putArray("others");
        table.others().forEach(line -> others.add(other(line)));
        final ArrayNode leftOut = root.putArray("leftOut");
        table.leftOut()
                .forEach(left -> leftOut.addObject().put("spec", left.spec()).put("reason", left.reason()));
        root.set("problems", JsonValues.texts(table.run().problems()));
        try {
            return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + '\n';
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }

    private static ObjectNode line(final TransportLine line) {
        final ObjectNode node = NODES.objectNode();
        node.put("transport", line.spec());
        node.put("messageBytes", line.messageBytes());
        node.set("p50Ns", summary(line.p50Ns()));
        node.set("p99Ns", summary(line.p99Ns()));
        line.comparison().ifPresent(c -> node.set("comparison", comparison(c)));
        node.set("gatheredPerSecond", summary(line.gatheredPerSecond()));
        node.set("eachPerSecond", summary(line.eachPerSecond()));
        JsonValues.put(node, "megabytesPerSecond", line.megabytesPerSecond());
        node.set("clientBytesPerOp", summary(line.clientBytesPerOp()));
        node.set("serverBytesPerOp", summary(line.serverBytesPerOp()));
        node.set("guarantees", JsonValues.texts(line.guarantees()));
        return withValidity(node, line.reasons(), line.remarks());
    }

    private static ObjectNode open(final OpenLine line) {
        final ObjectNode node = NODES.objectNode();
        node.put("transport", line.spec());
        node.put("regime", line.regime());
        node.put("messageBytes", line.messageBytes());
        node.put("rate", line.rate());
        node.put("variant", line.variant());
        node.set("achievedPerSecond", summary(line.achievedPerSecond()));
        node.set("p50Ns", summary(line.p50Ns()));
        node.set("p99Ns", summary(line.p99Ns()));
        node.set("p999Ns", summary(line.p999Ns()));
        node.set("maxNs", summary(line.maxNs()));
        node.set("latenessP99Ns", summary(line.latenessP99Ns()));
        JsonValues.put(node, "due", line.due());
        JsonValues.put(node, "missing", line.missing());
        node.set("atLeast", JsonValues.texts(List.copyOf(line.atLeast())));
        node.set("clientUsefulPolls", summary(line.clientUsefulPolls()));
        return withValidity(node, line.reasons(), line.remarks());
    }

    private static ObjectNode link(final LinkLine line) {
        final ObjectNode node = NODES.objectNode();
        node.put("kind", line.kind().name());
        node.put("benchmark", line.key().benchmark());
        final ObjectNode params = node.putObject("params");
        line.key().params().forEach(params::put);
        final ObjectNode figures = node.putObject("figures");
        line.figures().forEach((name, summary) -> figures.set(name, summary(summary)));
        node.put("theory", line.theory());
        return withValidity(node, line.reasons(), line.remarks());
    }

    private static ObjectNode figure(final FigureLine line) {
        final ObjectNode node = NODES.objectNode();
        node.put("kind", line.kind().name());
        node.put("benchmark", line.key().benchmark());
        node.put("regime", line.regime());
        final ObjectNode params = node.putObject("params");
        line.key().params().forEach(params::put);
        final ObjectNode figures = node.putObject("figures");
        line.figures().forEach((name, summary) -> figures.set(name, summary(summary)));
        if (!line.against().isEmpty()) {
            node.put("against", line.against());
            node.put("pairs", line.ratio().pairs());
            JsonValues.put(node, "ratio", line.ratio().ratio());
            JsonValues.put(node, "low", line.ratio().low());
            JsonValues.put(node, "high", line.ratio().high());
        }
        return withValidity(node, line.reasons(), line.remarks());
    }

    private static ObjectNode other(final OtherLine line) {
        final ObjectNode node = NODES.objectNode();
        node.put("benchmark", line.key().benchmark());
        final ObjectNode params = node.putObject("params");
        line.key().params().forEach(params::put);
        node.put("mode", line.mode());
        node.put("forks", line.forks());
        node.set("timeNs", summary(line.timeNs()));
        node.set("p99Ns", summary(line.p99Ns()));
        node.set("perSecond", summary(line.perSecond()));
        return withValidity(node, line.reasons(), line.remarks());
    }

    private static ObjectNode withValidity(
            final ObjectNode node, final List<String> reasons, final List<String> remarks) {
        node.put("valid", reasons.isEmpty());
        node.set("reasons", JsonValues.texts(reasons));
        node.set("remarks", JsonValues.texts(remarks));
        return node;
    }

    private static ObjectNode comparison(final Comparison comparison) {
        final PairedRatio ratio = comparison.ratio();
        final ObjectNode node = NODES.objectNode();
        node.put("reference", comparison.reference().param("transport"));
        node.put("pairs", ratio.pairs());
        JsonValues.put(node, "ratio", ratio.ratio());
        JsonValues.put(node, "low", ratio.low());
        JsonValues.put(node, "high", ratio.high());
        JsonValues.put(node, "pValue", ratio.pValue());
        JsonValues.put(node, "holmP", comparison.holmP());
        JsonValues.put(node, "wilcoxonP", ratio.wilcoxonP());
        JsonValues.put(node, "detectableEffect", ratio.detectableEffect());
        node.put("verdict", comparison.verdict().name());
        return node;
    }

    static ObjectNode summary(final Summary summary) {
        final ObjectNode node = NODES.objectNode();
        node.put("forks", summary.count());
        JsonValues.put(node, "median", summary.median());
        JsonValues.put(node, "min", summary.min());
        JsonValues.put(node, "max", summary.max());
        return node;
    }
}
