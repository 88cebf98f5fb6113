package io.fizeau.core.settings;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One option of a transport or a layer: its name in a spec string, its type, its default and its limits.
 *
 * <p>The option is the only place that holds the default. Declare each one as a constant and read it with
 * {@link Settings#get(Option)}. Immutable and thread-safe.
 *
 * @param <T> the type of its value.
 */
public final class Option<T> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})(ns|us|ms|s)");

    private final String name;
    private final T defaultValue;
    private final String allowed;
    private final String description;
    private final Function<String, T> parser;

    private Option(
            final String name,
            final T defaultValue,
            final String allowed,
            final String description,
            final Function<String, T> parser) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("option name '" + name + "' is not of the form " + NAME);
        }
        this.name = name;
        this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
        this.allowed = allowed;
        this.description = description;
        this.parser = parser;
    }

    /**
     * A whole number within limits.
     *
     * @param name its name in a spec string.
     * @param defaultValue the value when it is not given.
     * @param min the least allowed value.
     * @param max the greatest allowed value.
     * @param description what it sets, with its unit, for {@code fizeau list}.
     * @return the option.
     */
    public static Option<Integer> integer(
            final String name, final int defaultValue, final int min, final int max, final String description) {
        return new Option<>(name, defaultValue, min + " to " + max, description, text ->
                (int) within(Long.parseLong(text), min, max));
    }

    /**
     * A size in bytes within limits, written plainly or with a suffix k, m or g (powers of 1024).
     *
     * @param name its name in a spec string.
     * @param defaultBytes the value when it is not given.
     * @param minBytes the least allowed value.
     * @param maxBytes the greatest allowed value.
     * @param description what it sets, for {@code fizeau list}.
     * @return the option; its value is in bytes.
     */
    public static Option<Integer> bytes(
            final String name,
            final int defaultBytes,
            final int minBytes,
            final int maxBytes,
            final String description) {
        return new Option<>(
                name, defaultBytes, minBytes + " to " + maxBytes + " bytes, k, m and g allowed", description, text ->
                        (int) within(parseSize(text), minBytes, maxBytes));
    }

    /**
     * A duration within limits, written as a whole number with a unit: {@code ns}, {@code us}, {@code ms} or {@code s}.
     *
     * @param name its name in a spec string.
     * @param defaultValue the value when it is not given.
     * @param min the least allowed value.
     * @param max the greatest allowed value.
     * @param description what it sets, for {@code fizeau list}.
     * @return the option.
     */
    public static Option<Duration> duration(
            final String name,
            final Duration defaultValue,
            final Duration min,
            final Duration max,
            final String description) {
        return new Option<>(
                name,
                defaultValue,
                formatTime(min) + " to " + formatTime(max),
                description,
                text -> Duration.ofNanos(within(parseTimeNs(text), min.toNanos(), max.toNanos())));
    }

    /**
     * One constant of an enum, written in lower case with dashes.
     *
     * @param name its name in a spec string.
     * @param type the enum.
     * @param defaultValue the value when it is not given.
     * @param description what it sets, for {@code fizeau list}.
     * @param <E> the enum.
     * @return the option.
     */
    public static <E extends Enum<E>> Option<E> choice(
            final String name, final Class<E> type, final E defaultValue, final String description) {
        final E[] constants = Objects.requireNonNull(type.getEnumConstants(), "not an enum");
        final String known =
                String.join(", ", Arrays.stream(constants).map(Option::spelling).toList());
        return new Option<>(name, defaultValue, known, description, text -> {
            for (final E constant : constants) {
                if (spelling(constant).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("not a known value");
        });
    }

    /**
     * A switch: {@code true} or {@code false}.
     *
     * @param name its name in a spec string.
     * @param defaultValue the value when it is not given.
     * @param description what it sets, for {@code fizeau list}.
     * @return the option.
     */
    public static Option<Boolean> flag(final String name, final boolean defaultValue, final String description) {
        return new Option<>(name, defaultValue, "true, false", description, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        });
    }

    /**
     * Any text, such as a directory. What a spec string reserves is written percent-encoded there.
     *
     * @param name its name in a spec string.
     * @param defaultValue the value when it is not given; often empty, for "not set".
     * @param description what it sets, for {@code fizeau list}.
     * @return the option.
     */
    public static Option<String> text(final String name, final String defaultValue, final String description) {
        return new Option<>(name, defaultValue, "any text", description, Function.identity());
    }

    /**
     * Reads a value.
     *
     * @param text what the user wrote.
     * @return the value.
     * @throws TransportException if the text is not a value of this option; the message names it and the limits.
     */
    public T parse(final String text) {
        try {
            return parser.apply(text);
        } catch (final IllegalArgumentException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "option " + name + "=" + text + " is not allowed: it takes " + allowed,
                    e);
        }
    }

    /**
     * Its name in a spec string.
     *
     * @return letters and digits, starting with a lower-case letter.
     */
    public String name() {
        return name;
    }

    /**
     * The value when it is not given.
     *
     * @return the default.
     */
    public T defaultValue() {
        return defaultValue;
    }

    /**
     * The default as a user would write it.
     *
     * @return the default's text form.
     */
    public String defaultText() {
        return format(defaultValue);
    }

    /**
     * What values it takes, for messages and listings.
     *
     * @return a phrase such as {@code 1 to 64} or {@code spin, yield}.
     */
    public String allowed() {
        return allowed;
    }

    /**
     * The values of an option that is a choice or a switch.
     *
     * @return each as a user would write it; empty if it takes numbers, times or any text.
     */
    public List<String> choices() {
        if (defaultValue instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .map(Option::spelling)
                    .toList();
        }
        return defaultValue instanceof Boolean ? List.of("true", "false") : List.of();
    }

    /**
     * What it sets.
     *
     * @return one phrase without a full stop.
     */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name;
    }

    private static String format(final Object value) {
        if (value instanceof Enum<?> constant) {
            return spelling(constant);
        }
        return value instanceof Duration duration ? formatTime(duration) : value.toString();
    }

    private static String spelling(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long within(final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static long parseSize(final String text) {
        final Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size");
        }
        final int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << shift;
    }

    private static long parseTimeNs(final String text) {
        final Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration");
        }
        final long factor = switch (matcher.group(2)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            default -> 1_000_000_000L;
        };
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("too long a time", e);
        }
    }

    private static String formatTime(final Duration duration) {
        final long ns = duration.toNanos();
        if (ns % 1_000_000_000L == 0) {
            return ns / 1_000_000_000L + "s";
        }
        if (ns % 1_000_000L == 0) {
            return ns / 1_000_000L + "ms";
        }
        return ns % 1_000L == 0 ? ns / 1_000L + "us" : ns + "ns";
    }
}
