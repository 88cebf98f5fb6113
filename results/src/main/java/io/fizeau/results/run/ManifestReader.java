package io.fizeau.results.run;

import static io.fizeau.results.run.JsonFile.flag;
import static io.fizeau.results.run.JsonFile.integer;
import static io.fizeau.results.run.JsonFile.number;
import static io.fizeau.results.run.JsonFile.text;
import static io.fizeau.results.run.JsonFile.textMap;
import static io.fizeau.results.run.JsonFile.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns {@code manifest.json} into a {@link Manifest}. Lenient about what is absent, strict about the schema. */
final class ManifestReader {
    private ManifestReader() {}

    static Manifest read(final Path file) {
        final JsonNode root = JsonFile.read(file);
        Schemas.check(file, text(root, "schema"), Manifest.SCHEMA);
        return manifest(root, text(root, "label"), flag(root, "complete", false), text(root, "incompleteReason"));
    }

    /** What is known about a run whose manifest is not there. */
    static Manifest absent(final String label, final String reason) {
        return manifest(MissingNode.getInstance(), label, reason.isEmpty(), reason);
    }

    private static Manifest manifest(
            final JsonNode root, final String label, final boolean complete, final String incompleteReason) {
        return new Manifest(
                label,
                complete,
                incompleteReason,
                text(root, "startedAt"),
                text(root, "endedAt"),
                text(root, "profile"),
                text(root, "topology"),
                texts(root.path("commandLine")),
                textMap(root.path("build")),
                textMap(root.path("host")),
                textMap(root.path("jvm")),
                new Manifest.Rounds(
                        integer(root.path("rounds"), "planned", 0), integer(root.path("rounds"), "finished", 0)),
                transports(root.path("transports")),
                leftOut(root.path("leftOut")),
                new Manifest.Probes(
                        number(root.path("probes"), "clockCostNs"),
                        number(root.path("probes"), "clockTickNs"),
                        number(root.path("probes"), "unixSocketRttNsBefore"),
                        number(root.path("probes"), "unixSocketRttNsAfter"),
                        textMap(root.path("probeNotes"))),
                forks(root.path("forks")),
                pilot(root.path("pilot")),
                sweep(root.path("sweep")),
                interleaved(root.path("interleaved")));
    }

    private static List<TransportEntry> transports(final JsonNode array) {
        final List<TransportEntry> entries = new ArrayList<>();
        for (final JsonNode node : array) {
            final JsonNode kit = node.path("kit");
            final String verdict = text(kit, "verdict");
            entries.add(new TransportEntry(
                    text(node, "spec"),
                    text(node, "name"),
                    texts(node.path("guarantees")),
                    text(node, "regime").equals("blocking"),
                    flag(node, "competes", true),
                    flag(node, "datagrams", isNamedUdp(text(node, "name"))),
                    flag(node, "available", true),
                    text(node, "reason"),
                    new TransportEntry.Kit(verdict.isEmpty() ? "NOT_RUN" : verdict, text(kit, "detail")),
                    integer(node, "maxMessageBytes", 0),
                    text(node, "bare")));
        }
        return List.copyOf(entries);
    }

    /** How runs were read before their manifest said it. */
    private static boolean isNamedUdp(final String transport) {
        return List.of(transport.split("-", -1)).contains("udp");
    }

    private static List<Manifest.LeftOut> leftOut(final JsonNode array) {
        final List<Manifest.LeftOut> entries = new ArrayList<>();
        array.forEach(node -> entries.add(new Manifest.LeftOut(text(node, "spec"), text(node, "reason"))));
        return List.copyOf(entries);
    }

    private static Optional<Manifest.Pilot> pilot(final JsonNode node) {
        return node.isObject()
                ? Optional.of(new Manifest.Pilot(
                        integer(node, "rounds", 0),
                        number(node, "detect"),
                        integer(node, "needed", 0),
                        integer(node, "chosen", 0),
                        number(node, "detectable")))
                : Optional.empty();
    }

    private static Optional<Manifest.Sweep> sweep(final JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        final List<Manifest.Edge> edges = new ArrayList<>();
        node.path("edges")
                .forEach(edge -> edges.add(new Manifest.Edge(
                        textMap(edge.path("params")),
                        number(edge, "heldPerSecond"),
                        number(edge, "failedPerSecond"),
                        text(edge, "state"),
                        text(edge, "why"))));
        return Optional.of(new Manifest.Sweep(
                texts(node.path("slo")), number(node, "precision"), integer(node, "repeats", 0), edges));
    }

    private static Optional<Manifest.Interleaved> interleaved(final JsonNode node) {
        return text(node, "id").isEmpty()
                ? Optional.empty()
                : Optional.of(new Manifest.Interleaved(text(node, "id"), text(node, "side"), text(node, "other")));
    }

    private static List<ForkEntry> forks(final JsonNode array) {
        final List<ForkEntry> entries = new ArrayList<>();
        for (final JsonNode node : array) {
            entries.add(new ForkEntry(
                    integer(node, "index", entries.size()),
                    integer(node, "round", 0),
                    text(node, "file"),
                    new RowKey(text(node, "benchmark"), textMap(node.path("params"))),
                    text(node, "status").equals("OK"),
                    text(node, "reason"),
                    textMap(node.path("notes"))));
        }
        return List.copyOf(entries);
    }
}
