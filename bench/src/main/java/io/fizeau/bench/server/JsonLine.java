package io.fizeau.bench.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and texts as one line of JSON, for the way from the server's process. Stateless and thread-safe. */
final class JsonLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLine() {}

    static String of(final Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("names and texts always become JSON", e);
        }
    }

    /** Empty if the line is no such thing. */
    static Map<String, String> parse(final String line) {
        try {
            return JSON.readValue(line, new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (final JsonProcessingException e) {
            return Map.of();
        }
    }
}
