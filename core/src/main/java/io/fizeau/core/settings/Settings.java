package io.fizeau.core.settings;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a transport's or a layer's options: what was given, checked, and the defaults of the rest.
 *
 * <p>Immutable and thread-safe. Reading boxes the value, so read once, when the node opens, and never on the hot path.
 */
public final class Settings {
    private final String owner;
    private final List<Option<?>> known;
    private final Map<String, String> given;
    private final Map<String, Object> values;

    private Settings(final String owner, final List<Option<?>> known, final Map<String, String> given) {
        this.owner = owner;
        this.known = known;
        this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        this.values = new LinkedHashMap<>();
        for (final Option<?> option : known) {
            values.put(option.name(), option.defaultValue());
        }
        given.forEach((name, text) -> values.put(name, parse(name, text)));
    }

    /**
     * Checks what was given against the options that exist.
     *
     * @param owner the transport or layer, for messages.
     * @param known its options; names must differ.
     * @param given name to text, in the order written.
     * @return the settings.
     * @throws TransportException if a name is unknown (the known ones are listed) or a value is not allowed.
     */
    public static Settings of(final String owner, final List<Option<?>> known, final Map<String, String> given) {
        return new Settings(owner, List.copyOf(known), given);
    }

    /**
     * The value of an option.
     *
     * @param option one of the options these settings were made of.
     * @param <T> its type.
     * @return what was given, or the default.
     */
    @SuppressWarnings("unchecked") // the constructor stored what this very option's parser or default gave
    public <T> T get(final Option<T> option) {
        final Object value = values.get(option.name());
        if (value == null) {
            throw new IllegalArgumentException(owner + " does not declare the option " + option.name());
        }
        return (T) value;
    }

    /**
     * The same settings with one option set anew.
     *
     * @param option one of the options these settings were made of.
     * @param text its value as a user would write it.
     * @return new settings.
     * @throws TransportException if the value is not allowed.
     */
    public Settings with(final Option<?> option, final String text) {
        final Map<String, String> changed = new LinkedHashMap<>(given);
        changed.put(option.name(), text);
        return new Settings(owner, known, changed);
    }

    /**
     * Whether the user set an option, or its default holds.
     *
     * @param option the option.
     * @return true if it was given.
     */
    public boolean isGiven(final Option<?> option) {
        return given.containsKey(option.name());
    }

    /**
     * What was given, in the order written.
     *
     * @return an unmodifiable map of name to text, without defaults.
     */
    public Map<String, String> given() {
        return given;
    }

    /**
     * The options these settings were made of.
     *
     * @return an unmodifiable list.
     */
    public List<Option<?>> known() {
        return known;
    }

    @Override
    public String toString() {
        return owner + given;
    }

    private Object parse(final String name, final String text) {
        final List<String> names = new ArrayList<>();
        for (final Option<?> option : known) {
            if (option.name().equals(name)) {
                try {
                    return option.parse(text);
                } catch (final TransportException e) {
                    throw new TransportException(e.nextStep(), owner + ": " + e.getMessage(), e);
                }
            }
            names.add(option.name());
        }
        throw TransportException.badRequest(owner + " has no option '" + name + "': the known ones are "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
}
