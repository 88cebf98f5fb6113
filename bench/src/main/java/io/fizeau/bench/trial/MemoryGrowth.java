package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.core.host.ProcessMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By how much the memory of both ends grew with their connections. What a connection takes at the client has in it what the benchmark
 * itself keeps of each, some 500 bytes. Makes no rows where the ends share a process, or of so few connections that what a JVM takes and
 * gives back by itself, some megabytes, would show as theirs. Used by one thread.
 */
final class MemoryGrowth {
    private static final int FEWEST = 500;

    private final Server server;
    private final Optional<ProcessMemory> hereBefore;
    private final Optional<ProcessMemory> thereBefore;

    private MemoryGrowth(final Server server) {
        this.server = server;
        this.hereBefore = here();
        this.thereBefore = server.memory();
    }

    /** Reads what there is before the connections are made. */
    static MemoryGrowth from(final Server server) {
        return new MemoryGrowth(server);
    }

    /**
     * Reads what there is now.
     *
     * @param connections how many were made since.
     * @return bytes for each of them.
     */
    List<Figure> rows(final int connections) {
        final List<Figure> rows = new ArrayList<>();
        if (connections >= FEWEST) {
            add(rows, "client:memory.", hereBefore, here(), connections);
            add(rows, "server:memory.", thereBefore, server.memory(), connections);
        }
        return rows;
    }

    private Optional<ProcessMemory> here() {
        return server instanceof ServerThread ? Optional.empty() : Optional.of(ProcessMemory.afterCollection());
    }

    private static void add(
            final List<Figure> rows,
            final String prefix,
            final Optional<ProcessMemory> before,
            final Optional<ProcessMemory> after,
            final int connections) {
        if (before.isPresent() && after.isPresent()) {
            final double heapBytes =
                    (double) after.get().heapBytes() - before.get().heapBytes();
            rows.add(Figure.mean(prefix + "heap", heapBytes / connections, "B/connection"));
            if (before.get().outsideBytes().isPresent()
                    && after.get().outsideBytes().isPresent()) {
                final double outsideBytes = (double) after.get().outsideBytes().getAsLong()
                        - before.get().outsideBytes().getAsLong();
                rows.add(Figure.mean(prefix + "outside", outsideBytes / connections, "B/connection"));
            }
        }
    }
}
