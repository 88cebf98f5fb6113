package io.fizeau.results.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.csv.Csv;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Timestamp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that came back from SQL, as a program or a person reads it. Stateless. */
final class QueryValues {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MathContext SHOWN = new MathContext(6);
    /** From here on a number is written with an exponent, for a terminal. */
    private static final double FAR = 1e15;

    private QueryValues() {}

    /** {@return the value in JSON; null for what is absent or no finite number} */
    static JsonNode json(final @Nullable Object value) {
        final JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null || (isFloating(value) && !Double.isFinite(((Number) value).doubleValue()))) {
            return nodes.nullNode();
        }
        if (value instanceof Map<?, ?> map) {
            final ObjectNode object = nodes.objectNode();
            map.forEach((key, inner) -> object.set(String.valueOf(key), json(inner)));
            return object;
        }
        return value instanceof Number || value instanceof Boolean
                ? JSON.valueToTree(value)
                : nodes.textNode(text(value));
    }

    /** {@return the value for a field of CSV, nothing lost; empty for what is absent} */
    static String exact(final @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (isFloating(value)) {
            return Csv.number(((Number) value).doubleValue());
        }
        return value instanceof Map<?, ?> ? json(value).toString() : text(value);
    }

    /** {@return the value for a terminal: six digits of a number that is not whole} */
    static String shown(final @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (isFloating(value)) {
            return digits(((Number) value).doubleValue());
        }
        return value instanceof Map<?, ?> map ? params(map) : text(value).replaceAll("\\s+", " ");
    }

    private static String digits(final double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        if (number == Math.rint(number) && Math.abs(number) < FAR) {
            return Csv.number(number);
        }
        final BigDecimal rounded = new BigDecimal(number).round(SHOWN).stripTrailingZeros();
        return Math.abs(number) < FAR ? rounded.toPlainString() : rounded.toString();
    }

    private static String params(final Map<?, ?> map) {
        final StringBuilder text = new StringBuilder();
        map.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(value));
        return text.toString();
    }

    static boolean isNumber(final @Nullable Object value) {
        return value instanceof Number;
    }

    private static boolean isFloating(final Object value) {
        return value instanceof Double || value instanceof Float;
    }

    private static String text(final Object value) {
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime() + "Z";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
