package io.fizeau.bench.rounds;

import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the manifest of a run says beside its forks.
 *
 * @param label what the user calls the run.
 * @param startedAt when it started.
 * @param profile the profile's name.
 * @param topology {@code LOOPBACK} or {@code REMOTE}.
 * @param commandLine the arguments.
 * @param build what runs.
 * @param host the machine.
 * @param transports what is measured, with the kit's verdicts.
 * @param probes what was found about the machine; grows while the run goes on.
 */
public record RunFacts(
        String label,
        Instant startedAt,
        String profile,
        String topology,
        List<String> commandLine,
        BuildFacts build,
        Map<String, String> host,
        List<Manifest.TransportEntry> transports,
        Probes probes) {}
