package io.fizeau.results.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JSON file that people wrote for this package: each thing that is wrong with it becomes one line that names the place. */
final class ArtifactFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final JsonNode root;

    private ArtifactFile(final Path file, final JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ArtifactFile read(final Path file, final String schema) {
        final JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file));
        } catch (final NoSuchFileException e) {
            throw new ResultsException(file + ": there is no such file");
        } catch (final JsonProcessingException e) {
            throw new ResultsException(file + ": is not JSON: line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + " cannot be read");
        } catch (final IOException e) {
            throw new ResultsException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (!root.path("schema").asText("").equals(schema)) {
            throw new ResultsException(file + ": has schema \""
                    + root.path("schema").asText("") + "\"; this version reads \"" + schema + "\"");
        }
        return new ArtifactFile(file, root);
    }

    /** The elements of an array at the top. */
    List<JsonNode> list(final String field) {
        if (!root.path(field).isArray()) {
            throw wrong("has no list \"" + field + "\"");
        }
        final List<JsonNode> elements = new ArrayList<>();
        root.path(field).forEach(elements::add);
        return elements;
    }

    String text(final JsonNode node, final String of, final String field) {
        if (!node.path(field).isTextual() || node.path(field).asText().isBlank()) {
            throw wrong(of + " has no text \"" + field + "\"");
        }
        return node.path(field).asText();
    }

    double number(final JsonNode node, final String of, final String field) {
        if (!node.path(field).isNumber()) {
            throw wrong(of + " has no number \"" + field + "\"");
        }
        return node.path(field).doubleValue();
    }

    static Map<String, String> texts(final JsonNode object) {
        final Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    ResultsException wrong(final String what) {
        return new ResultsException(file + ": " + what);
    }
}
