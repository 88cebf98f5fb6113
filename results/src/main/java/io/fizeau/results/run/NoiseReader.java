package io.fizeau.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns {@code noise.json} into figures, by the index of the fork. Strict about the schema, lenient about what is absent. */
final class NoiseReader {
    private static final String SCHEMA = "fizeau.noise/1";

    private NoiseReader() {}

    static Map<Integer, ForkNoise> read(final Path file) {
        final JsonNode root = JsonFile.read(file);
        Schemas.check(file, JsonFile.text(root, "schema"), SCHEMA);
        final Map<Integer, ForkNoise> forks = new HashMap<>();
        for (final JsonNode fork : root.path("forks")) {
            final List<ForkNoise.Iteration> iterations = new ArrayList<>();
            for (final JsonNode node : fork.path("iterations")) {
                iterations.add(new ForkNoise.Iteration(
                        JsonFile.number(node, "durationMs"),
                        figures(node.path("fork")),
                        figures(node.path("server")),
                        figures(node.path("host"))));
            }
            forks.put(JsonFile.integer(fork, "index", -1), new ForkNoise(iterations));
        }
        return forks;
    }

    /** Only numbers are figures; a text says why there is none. */
    private static Map<String, Double> figures(final JsonNode object) {
        final Map<String, Double> figures = new HashMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                figures.put(entry.getKey(), entry.getValue().doubleValue());
            }
        });
        return figures;
    }
}
