package io.fizeau.transports.arq.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * docs/reliability.md and its files. Tables in the page stand between {@code <!-- name -->} and {@code <!-- end -->}, and are those of the
 * CSV files.
 */
final class Page {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path PAGE = ROOT.resolve("docs/reliability.md");
    private static final Path FOLDER = ROOT.resolve("docs/reliability");
    /** A folder to write to, in place of a comparison; the page is then written as well. */
    private static final String TARGET = System.getProperty("fizeau.curves", "");

    private Page() {}

    /** Compares a file with what it should hold, or writes it. */
    static void file(final String name, final String text) {
        try {
            if (TARGET.isEmpty()) {
                assertEquals(Files.readString(FOLDER.resolve(name)), text, name);
            } else {
                Files.createDirectories(ROOT.resolve(TARGET));
                Files.writeString(ROOT.resolve(TARGET).resolve(name), text);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Compares a table of the page with a CSV file's text, or writes it. */
    static void table(final String name, final String csv) {
        try {
            final String page = Files.readString(PAGE);
            final String begin = "<!-- " + name + " -->\n";
            final int from = page.indexOf(begin) + begin.length();
            final int to = page.indexOf("<!-- end -->", from);
            assertTrue(from >= begin.length() && to >= from, () -> "the page has no place for " + name);
            if (TARGET.isEmpty()) {
                assertEquals(page.substring(from, to), markdown(csv), name);
            } else {
                Files.writeString(PAGE, page.substring(0, from) + markdown(csv) + page.substring(to));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static String markdown(final String csv) {
        final StringBuilder table = new StringBuilder();
        csv.lines().forEach(line -> {
            table.append("| ").append(line.replace(",", " | ")).append(" |\n");
            if (table.indexOf("\n") == table.length() - 1) {
                table.append("|---".repeat(line.split(",").length)).append("|\n");
            }
        });
        return table.toString();
    }
}
