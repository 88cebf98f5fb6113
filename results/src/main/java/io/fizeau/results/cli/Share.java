package io.fizeau.results.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share as a person writes it: {@code 2%}, {@code 2 %} or {@code 0.02}. */
final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(final String text) {
        try {
            final String stripped = text.strip();
            return stripped.endsWith("%")
                    ? Double.parseDouble(
                                    stripped.substring(0, stripped.length() - 1).strip())
                            / 100
                    : Double.parseDouble(stripped);
        } catch (final NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no share: it takes one such as 2% or 0.02");
        }
    }
}
