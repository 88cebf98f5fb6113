package io.fizeau.core.registry;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A spec string, taken apart: a transport, its options, and the layers around it.
 *
 * <pre>{@code
 * tcp-nio
 * aeron-udp?mtu=8192
 * tcp-nio?wait=select&sends=gathered+crc32c
 * }</pre>
 *
 * <p>The form is {@code name[?option=value[&option=value]...]} for the transport and again after a {@code +} for each layer, the
 * innermost first. In a value, what is not a letter, a digit or one of {@code -._~/:@} is written as {@code %} and two hex
 * digits. A spec holds no comma and no space, because JMH's {@code -p} splits there. Immutable and thread-safe.
 *
 * @param transport the transport and its options.
 * @param layers the layers and theirs, innermost first.
 */
public record TransportSpec(SpecPart transport, List<SpecPart> layers) {
    /** Makes the list unmodifiable. */
    public TransportSpec {
        layers = List.copyOf(layers);
    }

    /**
     * Takes a spec string apart; whether its names exist is for {@link Transports#resolve(String)} to say.
     *
     * @param text the spec string.
     * @return the spec.
     * @throws TransportException if the text is not of the form above; the message shows what is wrong.
     */
    public static TransportSpec parse(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == ',' || Character.isWhitespace(c)) {
                throw TransportException.badRequest("spec '" + text
                        + "' must hold no comma and no space: name one transport, and write %2c or %20 inside a value");
            }
        }
        final String[] parts = text.split("\\+", -1);
        final List<SpecPart> layers = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            layers.add(SpecPart.parse(parts[i]));
        }
        return new TransportSpec(SpecPart.parse(parts[0]), layers);
    }

    /**
     * The same with one option of the transport set.
     *
     * @param name the option.
     * @param value its value, not encoded.
     * @return a new spec.
     */
    public TransportSpec with(final String name, final String value) {
        final Map<String, String> options = new LinkedHashMap<>(transport.options());
        options.put(name, value);
        return new TransportSpec(new SpecPart(transport.name(), options), layers);
    }

    /**
     * The spec string.
     *
     * @return what {@link #parse(String)} reads back as an equal spec.
     */
    public String text() {
        final StringBuilder text = new StringBuilder(transport.text());
        for (final SpecPart layer : layers) {
            text.append('+').append(layer.text());
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
