package io.fizeau.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The whole manifest but the list of forks, which the round order shows. Stateless. */
final class ManifestSection {
    /** Shown elsewhere. */
    private static final Set<String> ELSEWHERE = Set.of("forks", "schema");

    private ManifestSection() {}

    static void write(final PageBuilder page, final Run run) {
        final Path file = run.location().resolve("manifest.json");
        if (!run.hasManifest() || !Files.isRegularFile(file)) {
            page.paragraph("There is no manifest: nothing is known of the machine, the build and the order.");
            return;
        }
        final List<List<String>> rows = new ArrayList<>();
        try {
            final JsonNode root = new JsonMapper().readTree(file.toFile());
            root.properties().stream()
                    .filter(e -> !ELSEWHERE.contains(e.getKey()))
                    .forEach(e -> flatten(rows, e.getKey(), e.getValue()));
        } catch (final IOException e) {
            page.warning("manifest.json: cannot be read again (" + e.getClass().getSimpleName() + ")");
            return;
        }
        page.details(
                "manifest of " + run.location().getFileName() + ", " + rows.size() + " fields",
                () -> page.table(List.of("field", "value"), rows));
    }

    private static void flatten(final List<List<String>> rows, final String name, final JsonNode value) {
        final boolean isShort = value.isArray() && allPlain(value);
        if (value.isObject()) {
            value.properties().forEach(e -> flatten(rows, name + '.' + e.getKey(), e.getValue()));
        } else if (value.isArray() && !isShort) {
            for (int i = 0; i < value.size(); i++) {
                flatten(rows, name + '[' + i + ']', value.get(i));
            }
        } else {
            rows.add(List.of(name, isShort ? words(value) : value.asText()));
        }
    }

    private static boolean allPlain(final JsonNode array) {
        for (final JsonNode each : array) {
            if (!each.isValueNode()) {
                return false;
            }
        }
        return true;
    }

    private static String words(final JsonNode array) {
        final List<String> words = new ArrayList<>();
        array.forEach(each -> words.add(each.asText()));
        return String.join(" ", words);
    }
}
