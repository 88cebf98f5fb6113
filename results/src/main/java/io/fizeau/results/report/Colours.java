package io.fizeau.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The colour of a transport, the same on every page. Its options and layers share it, with another dash. Stateless. */
final class Colours {
    /** For what a formula says: no transport's colour. */
    static final String THEORY = "#777777";

    /** For transports that {@code colours.json} does not name: Tol's muted scheme, without what is too near to a colour in there. */
    private static final List<String> OTHERS =
            List.of("#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77", "#CC6677", "#AA4499");

    private static final Map<String, String> NAMED = named();

    private Colours() {}

    private static Map<String, String> named() {
        final Map<String, String> named = new TreeMap<>();
        try {
            new JsonMapper()
                    .readTree(PageTemplate.resource("colours.json"))
                    .properties()
                    .forEach(e -> named.put(e.getKey(), e.getValue().asText()));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("colours.json is no JSON", e);
        }
        return named;
    }

    /** The colour of a spec string, or of whatever else has a name. */
    static String of(final String spec) {
        final String name = spec.replaceFirst("[?+].*", "");
        final String colour = NAMED.get(name);
        return colour != null ? colour : OTHERS.get(Math.floorMod(name.hashCode(), OTHERS.size()));
    }
}
