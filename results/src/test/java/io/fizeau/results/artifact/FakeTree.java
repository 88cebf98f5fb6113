package io.fizeau.results.artifact;

import io.fizeau.results.RunFolderBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A working tree in a temporary folder: a plan, claims, pages and reference runs. */
final class FakeTree {
    private final Path home;

    FakeTree(final Path home) {
        this.home = home;
        write("fizeau", "");
        write("mvnw", "");
        claims("");
    }

    Path home() {
        return home;
    }

    FakeTree plan(final String runs) {
        return write(
                "results/reference/plan.json", "{\"schema\": \"fizeau.artifact-plan/1\", \"runs\": [" + runs + "]}");
    }

    FakeTree claims(final String claims) {
        return write("docs/claims.json", "{\"schema\": \"fizeau.claims/1\", \"claims\": [" + claims + "]}");
    }

    /** A reference run of closed round trips of two transports, the second at these medians. */
    FakeTree reference(final String name, final double firstNs, final double... secondNs) {
        closed(home.resolve("results/reference").resolve(name), firstNs, secondNs);
        return this;
    }

    static void closed(final Path folder, final double firstNs, final double... secondNs) {
        final RunFolderBuilder run = new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning", "reliable")
                .transport("mine", "spinning", "reliable");
        for (int round = 0; round < secondNs.length; round++) {
            run.closed(round, "tcp-nio", firstNs).closed(round, "mine", secondNs[round]);
        }
        run.write();
    }

    FakeTree write(final String file, final String text) {
        try {
            final Path path = home.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(final String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
