package io.fizeau.results.choose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.table.JsonValues;

/** The answer for a program. Stateless. */
final class ChoiceJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ChoiceJson() {}

    static String render(final Choice choice) {
        final ObjectNode root = NODES.objectNode().put("schema", "fizeau.choice/1");
        final Needs needs = choice.needs();
        final ObjectNode asked = root.putObject("needs");
        JsonValues.put(asked, "ratePerSecond", needs.ratePerSecond().orElse(Double.NaN));
        asked.put("sizeBytes", needs.sizeBytes());
        JsonValues.put(asked, "rttNs", needs.rttNs());
        JsonValues.put(asked, "loss", needs.loss());
        final ObjectNode limits = asked.putObject("limitsNs");
        needs.limits().forEach(limit -> limits.put(limit.point(), limit.limitNs()));
        asked.set("guarantees", JsonValues.texts(needs.guarantees()));
        root.put("machine", choice.machine());
        root.set("runs", JsonValues.texts(choice.used()));
        final ArrayNode candidates = root.putArray("transports");
        choice.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
        root.put("nextRun", choice.nextRun());
        return root.toPrettyString() + '\n';
    }

    private static ObjectNode candidate(final Candidate candidate) {
        final ObjectNode node = NODES.objectNode()
                .put("transport", candidate.spec())
                .put("variant", candidate.variant())
                .put("regime", candidate.regime())
                .put("verdict", candidate.verdict().name())
                .put("why", candidate.why());
        node.set("notes", JsonValues.texts(candidate.notes()));
        JsonValues.put(node, "headroom", candidate.headroom());
        JsonValues.put(node, "rateHeadroom", candidate.rateHeadroom());
        candidate.evidence().ifPresent(evidence -> node.set("evidence", evidence(evidence)));
        return node;
    }

    private static ObjectNode evidence(final Evidence evidence) {
        final ObjectNode node = NODES.objectNode()
                .put("run", evidence.run())
                .put("commit", evidence.commit())
                .put("benchmark", evidence.row().benchmark());
        final ObjectNode params = node.putObject("params");
        evidence.row().params().forEach(params::put);
        node.put("impair", evidence.linkText()).put("forks", evidence.forks());
        JsonValues.put(node, "lostShare", evidence.lostShare());
        final ArrayNode limits = node.putArray("limits");
        for (final LimitReading reading : evidence.readings()) {
            final ObjectNode one =
                    limits.addObject().put("limit", reading.limit().point());
            JsonValues.put(one, "limitNs", reading.limit().limitNs());
            JsonValues.put(one, "medianNs", reading.value().median());
            JsonValues.put(one, "minNs", reading.value().min());
            JsonValues.put(one, "maxNs", reading.value().max());
            JsonValues.put(one, "worstNs", reading.worstNs());
            one.put("isBound", reading.isBound());
            one.put("forksWithin", reading.within());
            one.put("forksBeyond", reading.beyond());
            one.put("forksUnknown", reading.unknown());
            JsonValues.put(one, "headroom", reading.headroom());
        }
        return node;
    }
}
