package io.fizeau.results.validity;

/**
 * What a rule found about a row.
 *
 * @param invalidates true if the row must not be believed; false if a reader should merely know.
 * @param text one line, without the row's name.
 */
public record Finding(boolean invalidates, String text) {
    static Finding invalid(final String text) {
        return new Finding(true, text);
    }
}
