package io.fizeau.results.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON file, and turns each way in which it can be broken into one line. */
final class JsonFile {
    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    static JsonNode read(final Path file) {
        try {
            final String text = Files.readString(file);
            if (text.isBlank()) {
                throw new ResultsException(file, "is empty");
            }
            return MAPPER.readTree(text);
        } catch (final NoSuchFileException e) {
            throw new ResultsException(file, "there is no such file", e);
        } catch (final MalformedInputException e) {
            throw new ResultsException(file, "is not JSON: it is not text in UTF-8", e);
        } catch (final JsonEOFException e) {
            throw new ResultsException(file, "is half a file: it ends inside the JSON, at line " + line(e), e);
        } catch (final JsonProcessingException e) {
            throw new ResultsException(file, "is not JSON: line " + line(e) + " cannot be read", e);
        } catch (final IOException e) {
            throw new ResultsException(file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static int line(final JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    /** The text of a field, or an empty string where there is none. Numbers and booleans are text too. */
    static String text(final JsonNode node, final String field) {
        return node.path(field).asText("");
    }

    static int integer(final JsonNode node, final String field, final int absent) {
        return node.path(field).asInt(absent);
    }

    static boolean flag(final JsonNode node, final String field, final boolean absent) {
        return node.path(field).asBoolean(absent);
    }

    /** NaN where the field is absent or no number. */
    static double number(final JsonNode node, final String field) {
        return number(node.path(field));
    }

    /** JMH writes what JSON cannot say as the strings NaN, +INF and -INF. */
    static double number(final @Nullable JsonNode node) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return Double.NaN;
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "+INF", "INF", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    static List<String> texts(final JsonNode array) {
        final List<String> texts = new ArrayList<>(array.size());
        array.forEach(each -> texts.add(each.asText()));
        return List.copyOf(texts);
    }

    /** Keeps the order of the file. Nested values appear as their JSON. */
    static Map<String, String> textMap(final JsonNode object) {
        final Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(e -> map.put(
                        e.getKey(),
                        e.getValue().isValueNode()
                                ? e.getValue().asText()
                                : e.getValue().toString()));
        return Collections.unmodifiableMap(map);
    }
}
