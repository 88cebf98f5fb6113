package io.fizeau.bench.server;

import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Traces on their way from a server process to the one that measures: in a directory that is there for a moment. Stateless. */
final class TraceFolder {
    private TraceFolder() {}

    /** Leaves traces in a directory; returns its path, or nothing if there are none. */
    static String leave(final List<Trace> traces) {
        if (traces.isEmpty()) {
            return "";
        }
        try {
            final Path directory = Files.createTempDirectory("fizeau-traces");
            for (final Trace trace : traces) {
                TraceFile.write(directory, trace);
            }
            return directory.toString();
        } catch (final IOException e) {
            System.err.println("traces cannot be handed on: " + e);
            return "";
        }
    }

    /** Takes them from there, and removes the directory. What cannot be read counts as not traced. */
    static void take(final Path directory, final Consumer<Trace> taker) {
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.toList()) {
                taker.accept(TraceFile.read(file));
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (final IOException e) {
            System.err.println("traces cannot be taken over: " + e);
        }
    }
}
