package io.fizeau.results.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .build())
            .build();

    private JsonFile() {}

    /** What is made of a file, from before its first token to its last. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    static JsonNode read(final Path file) {
        return parse(file, JsonParser::readValueAsTree);
    }

    static <T> T parse(final Path file, final Reading<T> reading) {
        byte[] content = {};
        try {
            content = Files.readAllBytes(file);
            if (isBlank(content)) {
                throw new ResultsException(file, "is empty");
            }
            try (JsonParser json = MAPPER.createParser(content)) {
                final T read = reading.read(json);
                if (json.nextToken() != null) {
                    throw new ResultsException(
                            file,
                            "is not JSON: line " + json.currentTokenLocation().getLineNr() + " cannot be read");
                }
                return read;
            }
        } catch (final NoSuchFileException e) {
            throw new ResultsException(file, "there is no such file", e);
        } catch (final JsonEOFException e) {
            throw new ResultsException(file, "is half a file: it ends inside the JSON, at line " + line(e), e);
        } catch (final JsonProcessingException e) {
            throw new ResultsException(
                    file,
                    isText(content)
                            ? "is not JSON: line " + line(e) + " cannot be read"
                            : "is not JSON: it is not text in UTF-8",
                    e);
        } catch (final CharConversionException e) {
            throw new ResultsException(file, "is not JSON: it is not text in UTF-8", e);
        } catch (final IOException e) {
            throw new ResultsException(file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static boolean isBlank(final byte[] content) {
        for (final byte each : content) {
            if (!Character.isWhitespace(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(final byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
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

    static double number(final @Nullable JsonNode node) {
        if (node == null || node.isMissingNode() || node.isNull()) {
            return Double.NaN;
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return numberNamed(node.asText());
    }

    /** JMH writes what JSON cannot say as the strings NaN, +INF and -INF. */
    static double numberNamed(final String text) {
        return switch (text) {
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
