package io.fizeau.core.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what the kernel tells in {@code /proc} and {@code /sys}. What cannot be read is a value too: it starts with
 * {@link #UNAVAILABLE} and says why, so that a missing fact is never mistaken for a fact. Immutable and thread-safe.
 */
public final class HostFiles {
    /** How a value starts that is not known. */
    public static final String UNAVAILABLE = "unavailable: ";

    private static final int CHUNK_BYTES = 16 << 10;

    private final Path root;

    /**
     * Reads below a directory that stands for {@code /}.
     *
     * @param root {@code /}, or a test's copy of the parts that matter.
     */
    public HostFiles(final Path root) {
        this.root = root;
    }

    /**
     * This machine's own files.
     *
     * @return a reader of {@code /}.
     */
    public static HostFiles ofThisHost() {
        return new HostFiles(Path.of("/"));
    }

    /**
     * Whether a value says something.
     *
     * @param value a value from this package.
     * @return false if it only says why it is missing.
     */
    public static boolean isKnown(final String value) {
        return !value.startsWith(UNAVAILABLE);
    }

    /**
     * The whole text of a file.
     *
     * @param path absolute, such as {@code /proc/version}.
     * @return the text without surrounding space, or why it cannot be read.
     */
    public String text(final String path) {
        try {
            return new String(read(path), StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (final NoSuchFileException e) {
            return UNAVAILABLE + path + " does not exist";
        } catch (final AccessDeniedException e) {
            return UNAVAILABLE + path + " may not be read by this user";
        } catch (final IOException e) {
            return UNAVAILABLE + path + ": " + e.getMessage();
        }
    }

    /**
     * The whole content of a file that is no text.
     *
     * @param path absolute.
     * @return its bytes; none if it cannot be read.
     */
    public byte[] bytes(final String path) {
        try {
            return read(path);
        } catch (final IOException e) {
            return new byte[0];
        }
    }

    /**
     * The choice that is set in a file that lists the choices, such as {@code always [madvise] never}.
     *
     * @param path absolute.
     * @return what stands in brackets; the whole text if nothing does; or why it cannot be read.
     */
    public String choice(final String path) {
        final String text = text(path);
        final int open = text.indexOf('[');
        final int close = text.indexOf(']', open + 1);
        return isKnown(text) && open >= 0 && close > open ? text.substring(open + 1, close) : text;
    }

    /**
     * What follows a name in a file of lines {@code name : value}.
     *
     * @param path absolute, such as {@code /proc/cpuinfo}.
     * @param name the name; the first line that has it counts.
     * @return the value, or why there is none.
     */
    public String field(final String path, final String name) {
        final String text = text(path);
        if (!isKnown(text)) {
            return text;
        }
        final Matcher matcher = Pattern.compile("^" + Pattern.quote(name) + "\\s*:[ \\t]*(.*)$", Pattern.MULTILINE)
                .matcher(text);
        return matcher.find() ? matcher.group(1).strip() : UNAVAILABLE + path + " has no line '" + name + "'";
    }

    /**
     * Whether something exists.
     *
     * @param path absolute.
     * @return true if it does and may be seen.
     */
    public boolean exists(final String path) {
        return Files.exists(resolve(path));
    }

    /**
     * The names in a directory.
     *
     * @param path absolute.
     * @return the names in alphabetical order; empty if it cannot be read.
     */
    public List<String> names(final String path) {
        try (Stream<Path> entries = Files.list(resolve(path))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            return List.of();
        }
    }

    private byte[] read(final String path) throws IOException {
        // Not Files.readAllBytes: it starts with one byte where a file claims a length of 0, and /proc/sys gives no
        // more
        // after that.
        try (InputStream in = Files.newInputStream(resolve(path))) {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            final byte[] chunk = new byte[CHUNK_BYTES];
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                bytes.write(chunk, 0, length);
            }
            return bytes.toByteArray();
        }
    }

    private Path resolve(final String path) {
        return root.resolve(path.substring(1));
    }
}
