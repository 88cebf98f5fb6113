package io.fizeau.results.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens a file in the user's browser, as the desktop would. Stateless. */
final class Browser {
    private Browser() {}

    /** Does not wait for it. Returns a line that says why there is none, empty if it was started. */
    static Optional<String> open(final Path file) {
        final String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        final String url = file.toAbsolutePath().toUri().toString();
        final List<String> command = os.contains("mac")
                ? List.of("open", url)
                : os.contains("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                        : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return Optional.empty();
        } catch (final IOException e) {
            return Optional.of(
                    "there is no '" + command.get(0) + "' to open a browser with; open " + file + " yourself");
        }
    }
}
