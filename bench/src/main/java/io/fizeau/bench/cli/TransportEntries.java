package io.fizeau.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.kit.BuildStatement;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the manifest says of each transport. */
final class TransportEntries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TransportEntries() {}

    static List<Manifest.TransportEntry> of(
            final List<ConfiguredTransport> transports, final Function<ConfiguredTransport, Manifest.Kit> verdicts) {
        final List<Manifest.TransportEntry> entries = new ArrayList<>();
        for (final ConfiguredTransport transport : transports) {
            entries.add(of(transport, BuildStatement.transport(transport), verdicts.apply(transport)));
        }
        return entries;
    }

    /**
     * One of them.
     *
     * @param transport what this build makes of its spec.
     * @param statement what its build says of it.
     * @param kit what that build's kit says.
     */
    static Manifest.TransportEntry of(
            final ConfiguredTransport transport, final Map<String, Object> statement, final Manifest.Kit kit) {
        final Map<String, Object> fields = new LinkedHashMap<>(statement);
        fields.put("kit", kit);
        Transports.installed()
                .bare(transport)
                .ifPresent(bare -> fields.put("bare", bare.spec().text()));
        return JSON.convertValue(fields, Manifest.TransportEntry.class);
    }
}
