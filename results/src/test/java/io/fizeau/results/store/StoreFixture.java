package io.fizeau.results.store;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Small runs, and what the tables must hold of them. */
final class StoreFixture {
    private StoreFixture() {}

    /** A run of two transports and three rounds, closed and open loop, started on a day of 2026. */
    static Path run(final Path runs, final String label, final int month, final double p50Ns) {
        final String started = String.format(java.util.Locale.ROOT, "2026-%02d-03T10:11:12.345678901Z", month);
        final RunFolderBuilder builder = new RunFolderBuilder(
                        runs.resolve(started.substring(0, 19).replace("-", "").replace(":", "") + "Z-" + label))
                .transport("tcp-nio", "spinning", "reliable")
                .transport("udp?mtu=1400", "blocking");
        builder.manifest().put("startedAt", started).put("label", label + ", \"quoted\"");
        builder.manifest().putArray("commandLine").add("run").add("--label").add(label);
        for (int round = 0; round < 3; round++) {
            builder.closed(round, "tcp-nio", p50Ns + round)
                    .closed(round, "udp?mtu=1400", p50Ns * 1.1 + round / 3.0)
                    .openLoop(round, "tcp-nio", "10k", 10_000, 9_990, 10, 9_000.5, 12_000.25);
        }
        return builder.failed(2, RunFolderBuilder.CLOSED, "tcp-nio", "it \"broke\",\nbadly")
                .write();
    }

    /** What a run is in each table. */
    static Map<StoreTable, List<List<Object>>> records(final Path... folders) {
        final Map<StoreTable, List<List<Object>>> records = new EnumMap<>(StoreTable.class);
        for (final StoreTable table : StoreTable.values()) {
            records.put(table, new ArrayList<>());
        }
        for (final Path folder : folders) {
            RunRecords.write(
                    RunReader.read(folder),
                    folder.getFileName().toString(),
                    (table, values) -> records.get(table).add(Arrays.asList(values)));
        }
        return records;
    }
}
