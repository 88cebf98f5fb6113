package io.fizeau.core.registry;

import io.fizeau.core.error.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with options: one part of a spec string.
 *
 * @param name the transport or layer.
 * @param options name to value, in the order written, values decoded.
 */
public record SpecPart(String name, Map<String, String> options) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
    private static final String PLAIN = "-._~/:@";

    /** Checks the name's form. */
    public SpecPart {
        if (!NAME.matcher(name).matches()) {
            throw TransportException.badRequest(
                    "'" + name
                            + "' is no name of a transport or layer: names are lower-case letters, digits and dashes, as in tcp-nio");
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    static SpecPart parse(final String text) {
        final int question = text.indexOf('?');
        if (question < 0) {
            return new SpecPart(text, Map.of());
        }
        final Map<String, String> options = new LinkedHashMap<>();
        for (final String pair : text.substring(question + 1).split("&", -1)) {
            final int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw TransportException.badRequest(
                        "'" + pair + "' in '" + text + "' is no option: write name=value, joined by '&'");
            }
            final String name = pair.substring(0, equals);
            if (options.put(name, decode(pair.substring(equals + 1))) != null) {
                throw TransportException.badRequest("option " + name + " is given twice in '" + text + "'");
            }
        }
        return new SpecPart(text.substring(0, question), options);
    }

    String text() {
        final StringBuilder text = new StringBuilder(name);
        char separator = '?';
        for (final Map.Entry<String, String> option : options.entrySet()) {
            text.append(separator).append(option.getKey()).append('=').append(encode(option.getValue()));
            separator = '&';
        }
        return text.toString();
    }

    private static String decode(final String value) {
        return ENCODED.matcher(value).replaceAll(run -> {
            final String hex = run.group();
            final byte[] bytes = new byte[hex.length() / 3];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(hex.substring(3 * i + 1, 3 * i + 3), 16);
            }
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }

    private static String encode(final String value) {
        final StringBuilder text = new StringBuilder();
        for (final byte b : value.getBytes(StandardCharsets.UTF_8)) {
            final char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append(String.format("%%%02x", b & 0xff));
            }
        }
        return text.toString();
    }
}
