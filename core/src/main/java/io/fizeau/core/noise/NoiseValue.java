package io.fizeau.core.noise;

import io.fizeau.core.host.HostFiles;
import java.util.Locale;

/**
 * A figure, or why there is none: what a platform does not tell is never a zero. Immutable.
 *
 * @param value in the figure's unit; NaN if it is not known.
 * @param reason why it is not known, or empty.
 */
public record NoiseValue(double value, String reason) {
    /** Either is there. */
    public NoiseValue {
        if (Double.isNaN(value) == reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "value=" + value + " reason='" + reason + "': a value is a number or has a reason");
        }
    }

    /**
     * A figure.
     *
     * @param value in its unit.
     * @return the value.
     */
    public static NoiseValue of(final double value) {
        return new NoiseValue(value, "");
    }

    /**
     * A count.
     *
     * @param value how many.
     * @return the value.
     */
    public static NoiseValue of(final long value) {
        return of((double) value);
    }

    /**
     * A figure that is not to be had.
     *
     * @param reason why, with or without {@link HostFiles#UNAVAILABLE} before it.
     * @return the value.
     */
    public static NoiseValue unavailable(final String reason) {
        final String bare = HostFiles.isKnown(reason) ? reason : reason.substring(HostFiles.UNAVAILABLE.length());
        return new NoiseValue(Double.NaN, bare);
    }

    /**
     * Whether there is a figure.
     *
     * @return false if only the reason is there.
     */
    public boolean isKnown() {
        return reason.isEmpty();
    }

    /**
     * As a text.
     *
     * @return the number with up to three decimals, or {@link HostFiles#UNAVAILABLE} and the reason.
     */
    public String text() {
        return isKnown()
                ? String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "")
                : HostFiles.UNAVAILABLE + reason;
    }

    /**
     * From a text.
     *
     * @param text what {@link #text()} gave.
     * @return the value; one that says so if the text is neither.
     */
    public static NoiseValue parse(final String text) {
        if (!HostFiles.isKnown(text)) {
            return unavailable(text);
        }
        try {
            return of(Double.parseDouble(text));
        } catch (final NumberFormatException e) {
            return unavailable("'" + text + "' is no number");
        }
    }
}
