package io.fizeau.bench.cli;

import io.fizeau.bench.kit.KitCache;
import io.fizeau.bench.kit.KitVerdicts;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.progress.Progress;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.Probes;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.host.HostManifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Gathers what the manifest says beside the forks: the kit's verdicts, the machine, the build. */
final class FactsOfRun {
    private FactsOfRun() {}

    /**
     * Runs the kit where it must, and the probes.
     *
     * @param profile what the manifest calls the kind of run.
     */
    static RunFacts gather(
            final LaunchSettings settings,
            final List<String> commandLine,
            final Instant startedAt,
            final String label,
            final String profile,
            final RunRequest request,
            final RunPlan plan,
            final String impairment,
            final List<Path> plugins,
            final boolean skipKit,
            final Progress progress,
            final Interruption interruption) {
        final KitVerdicts verdicts =
                new KitVerdicts(new KitCache(settings.cache().resolve("kit"), plugins), progress, interruption);
        final List<Manifest.TransportEntry> entries =
                TransportEntries.of(plan.transports(), skipKit ? verdicts::known : verdicts::of);
        progress.onStep("measuring the clock and the machine");
        final Probes probes = new Probes();
        probes.runBefore();
        return new RunFacts(
                label,
                startedAt,
                profile,
                request.server().isOnThisHost() ? "LOOPBACK" : "REMOTE",
                impairment,
                commandLine,
                BuildFacts.read(settings.home()),
                HostManifest.read(),
                entries,
                probes,
                null,
                null);
    }
}
