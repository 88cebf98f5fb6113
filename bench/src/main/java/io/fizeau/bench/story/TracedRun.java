package io.fizeau.bench.story;

import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.datagram.trace.Trace;
import io.fizeau.transports.datagram.trace.TraceFile;
import io.fizeau.transports.datagram.trace.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The traced connections of a run.
 *
 * @param connections by fork, and within one in the order in which they began.
 */
public record TracedRun(List<TracedConnection> connections) {
    /** Copies the list. */
    public TracedRun {
        connections = List.copyOf(connections);
    }

    /**
     * Reads the traces of a run.
     *
     * @param runs where run folders are kept.
     * @param given a run folder, or the name of one.
     * @return the connections, at least one.
     * @throws TransportException if there is no such run, it has no traces, or one of them cannot be read; one line.
     */
    public static TracedRun read(final Path runs, final Path given) {
        final Path run = Files.exists(given) ? given : runs.resolve(given);
        if (!Files.isDirectory(run)) {
            throw TransportException.badRequest("RUN " + given + ": there is no such folder, here or below " + runs);
        }
        final Path folder = run.resolve(RunFolder.TRACES);
        final List<TracedConnection> connections = new ArrayList<>();
        final List<Path> forks = Files.isDirectory(folder) ? sorted(folder) : List.of();
        forks.stream().filter(Files::isDirectory).forEach(fork -> connections.addAll(ofFork(fork)));
        if (connections.isEmpty()) {
            throw TransportException.badRequest(
                    run + " has no traces: make the run with --trace, with udp or one of the arq transports");
        }
        return new TracedRun(connections);
    }

    private static List<TracedConnection> ofFork(final Path fork) {
        final Map<Long, List<Trace>> traces = new LinkedHashMap<>();
        for (final Path file : sorted(fork)) {
            if (file.getFileName().toString().endsWith(TraceFile.SUFFIX)) {
                final Trace trace = TraceFile.read(file);
                traces.computeIfAbsent(trace.header().connectionId(), id -> new ArrayList<>())
                        .add(trace);
            }
        }
        return traces.values().stream()
                .map(ends -> new TracedConnection(
                        fork.getFileName().toString(),
                        of(ends, TraceHeader.Role.CLIENT),
                        of(ends, TraceHeader.Role.SERVER)))
                .sorted(Comparator.comparingLong(TracedConnection::beganNs))
                .toList();
    }

    private static Optional<Trace> of(final List<Trace> traces, final TraceHeader.Role role) {
        return traces.stream().filter(trace -> trace.header().role() == role).findFirst();
    }

    private static List<Path> sorted(final Path directory) {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.sorted().toList();
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot read " + directory + ": " + e.getMessage(), e);
        }
    }
}
