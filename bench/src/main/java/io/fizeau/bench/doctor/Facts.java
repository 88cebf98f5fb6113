package io.fizeau.bench.doctor;

import io.fizeau.core.host.HostFiles;
import java.util.Map;

/** Reads the manifest of a host leniently: a fact that is missing is a fact that is not known. */
final class Facts {
    private final Map<String, String> host;

    Facts(final Map<String, String> host) {
        this.host = host;
    }

    String get(final String key) {
        return host.getOrDefault(key, HostFiles.UNAVAILABLE + "not read");
    }

    boolean isKnown(final String key) {
        return HostFiles.isKnown(get(key));
    }

    /** A number at the start of a value, or the given one. */
    double number(final String key, final double otherwise) {
        final String text = get(key).strip();
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        try {
            return end == 0 ? otherwise : Double.parseDouble(text.substring(0, end));
        } catch (final NumberFormatException e) {
            return otherwise;
        }
    }

    /** The value for a person: what is not known in few words. */
    String shown(final String key) {
        return isKnown(key) ? get(key) : "not known here";
    }
}
