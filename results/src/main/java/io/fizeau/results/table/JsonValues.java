package io.fizeau.results.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Values as all JSON of the commands has them. Stateless. */
public final class JsonValues {
    private JsonValues() {}

    /**
     * Puts a number, or {@code null} for what is none: JSON knows neither NaN nor infinity.
     *
     * @param node where to.
     * @param name of the field.
     * @param value the number.
     */
    public static void put(final ObjectNode node, final String name, final double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /**
     * {@return an array of them}
     *
     * @param texts in order.
     */
    public static ArrayNode texts(final List<String> texts) {
        final ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
