package io.fizeau.core.impair;

import io.fizeau.core.error.TransportException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the text form into words for each way, which {@link OneWayParser} makes sense of. */
final class ImpairmentParser {
    private ImpairmentParser() {}

    static Impairment parse(final String text) {
        if (text.indexOf(',') >= 0) {
            throw refused(text, "has a comma: part words with ':' and the items of a list with ';'");
        }
        final Map<String, Quantity> up = new HashMap<>();
        final Map<String, Quantity> down = new HashMap<>();
        Quantity seed = null;
        boolean isNone = false;
        for (final String part : text.split(":", -1)) {
            if (part.equals(ImpairmentText.NONE)) {
                isNone = true;
                continue;
            }
            final Quantity quantity = quantity(text, part);
            if (quantity.word().equals(ImpairmentText.SEED)) {
                if (seed != null) {
                    throw quantity.refused("stands beside " + seed + ": give it once");
                }
                seed = quantity;
            } else {
                put(quantity, up, down);
            }
        }
        if (isNone && !(up.isEmpty() && down.isEmpty())) {
            throw refused(text, "has none beside other words");
        }
        return new Impairment(
                OneWayParser.parse(up),
                OneWayParser.parse(down),
                seed == null ? Impairment.DEFAULT_SEED : seed(seed),
                seed != null);
    }

    private static Quantity quantity(final String text, final String part) {
        final int equals = part.indexOf('=');
        if (equals < 0) {
            throw refused(text, "has '" + part + "', which is no word with a value such as loss=1%");
        }
        return new Quantity(part.substring(0, equals), part.substring(equals + 1));
    }

    private static void put(final Quantity quantity, final Map<String, Quantity> up, final Map<String, Quantity> down) {
        final String written = quantity.word();
        final boolean isUp = written.startsWith(Direction.TO_SERVER.prefix());
        final boolean isDown = written.startsWith(Direction.TO_CLIENT.prefix());
        final String word = isUp || isDown ? written.substring(written.indexOf('.') + 1) : written;
        if (!ImpairmentText.WORDS.contains(word)) {
            throw quantity.refused("is an unknown word");
        }
        if (!isDown) {
            putOnce(up, word, quantity);
        }
        if (!isUp) {
            putOnce(down, word, quantity);
        }
    }

    private static void putOnce(final Map<String, Quantity> words, final String word, final Quantity quantity) {
        final @Nullable Quantity before = words.put(word, quantity);
        if (before != null) {
            throw quantity.refused("stands beside " + before + ": give " + word + " once for each way");
        }
    }

    private static long seed(final Quantity seed) {
        try {
            return Long.parseLong(seed.value());
        } catch (final NumberFormatException e) {
            throw seed.refused("must be a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, e);
        }
    }

    private static TransportException refused(final String text, final String fault) {
        return TransportException.badRequest("impairment '" + text + "' " + fault + ImpairmentText.KNOWN_WORDS);
    }
}
