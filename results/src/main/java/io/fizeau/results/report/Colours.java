package io.fizeau.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The colour of a transport, the same on every page. Its options and layers share it, with another dash. Stateless. */
final class Colours {
    /** For what a formula says: no transport's colour. */
    static final String THEORY = "#777777";

    private static final JsonNode FILE = file();
    /** For transports that the file does not name: Tol's muted scheme, without what is too near to a colour in there. */
    private static final JsonNode OTHERS = FILE.path("*");

    private Colours() {}

    private static JsonNode file() {
        try {
            return new JsonMapper().readTree(PageTemplate.resource("colours.json"));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("colours.json is no JSON", e);
        }
    }

    /** The colour of a spec string, or of whatever else has a name. The notebooks take theirs from the same file by the same rule. */
    static String of(final String spec) {
        final String name = spec.replaceFirst("[?+].*", "");
        if (FILE.path(name).isTextual()) {
            return FILE.path(name).asText();
        }
        final CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return OTHERS.get((int) (sum.getValue() % OTHERS.size())).asText();
    }
}
