package io.fizeau.transports.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Folders of keys for tests, each made when it is first asked for, in a temporary folder that goes with the JVM. Thread-safe.
 *
 * <p>In a spec string: {@code "tls-nio?keys=" + TestKeys.folder()}.
 */
public final class TestKeys {
    private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The keys that both ends of a test share. */
    public static Path folder() {
        return made("ours", KeyRequest.forThisHost());
    }

    /** Keys of somebody else: whole and valid, and trusted by nobody here. */
    public static Path foreign() {
        return made("foreign", KeyRequest.forThisHost());
    }

    /** Keys whose certificate has expired. */
    public static Path expired() {
        return made("expired", new KeyRequest(List.of(), -10, 2));
    }

    /** Keys whose certificate is not valid yet. */
    public static Path early() {
        return made("early", new KeyRequest(List.of(), 10, 2));
    }

    /** The same keys as in another folder, whose holder trusts ours: we do not trust him for that. */
    public static Path trusting(final Path keys) {
        return MADE.computeIfAbsent("trusting-" + keys.getFileName(), any -> {
            try {
                final Path copy = temporary().resolve(keys.getFileName());
                Files.createDirectory(copy, OwnerOnly.folder());
                try (Stream<Path> files = Files.list(keys)) {
                    for (final Path file : files.toList()) {
                        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
                Files.copy(
                        folder().resolve(KeyFolder.CERTIFICATE),
                        copy.resolve(KeyFolder.PEERS),
                        StandardCopyOption.COPY_ATTRIBUTES);
                return copy;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path temporary() throws IOException {
        final Path above = Files.createTempDirectory("fizeau-keys");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(above)));
        return above;
    }

    private static Path made(final String name, final KeyRequest request) {
        return MADE.computeIfAbsent(name, any -> {
            try {
                return KeyMaker.make(temporary().resolve(name), request).path();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void remove(final Path above) {
        try (Stream<Path> all = Files.walk(above)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
