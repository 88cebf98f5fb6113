package io.fizeau.bench.rounds;

import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest of a run says beside its forks.
 *
 * @param label what the user calls the run.
 * @param startedAt when it started.
 * @param profile the profile's name.
 * @param topology {@code LOOPBACK} or {@code REMOTE}.
 * @param impairment what the link did on purpose and which link it was, or {@code none}.
 * @param commandLine the arguments.
 * @param build what runs.
 * @param host the machine.
 * @param transports what is measured, with the kit's verdicts.
 * @param probes what was found about the machine; grows while the run goes on.
 * @param pilot what decided about the number of rounds, or null.
 * @param interleaved the run that this one is measured in turn with, or null.
 */
public record RunFacts(
        String label,
        Instant startedAt,
        String profile,
        String topology,
        String impairment,
        List<String> commandLine,
        BuildFacts build,
        Map<String, String> host,
        List<Manifest.TransportEntry> transports,
        Probes probes,
        Manifest.@Nullable Pilot pilot,
        Manifest.@Nullable Interleaved interleaved) {
    /**
     * The same with what a pilot saw.
     *
     * @param seen what it saw.
     * @return new facts that share the probes.
     */
    public RunFacts withPilot(final Manifest.Pilot seen) {
        return new RunFacts(
                label,
                startedAt,
                profile,
                topology,
                impairment,
                commandLine,
                build,
                host,
                transports,
                probes,
                seen,
                interleaved);
    }

    /**
     * The same for one of two sides that are measured in turn.
     *
     * @param name what this side's run is called.
     * @param ofSide what runs on this side.
     * @param itsTransports what that build promises, with the kit's verdicts on it.
     * @param place which side it is, and which run is the other.
     * @return new facts that share the probes.
     */
    public RunFacts ofSide(
            final String name,
            final BuildFacts ofSide,
            final List<Manifest.TransportEntry> itsTransports,
            final Manifest.Interleaved place) {
        return new RunFacts(
                name,
                startedAt,
                profile,
                topology,
                impairment,
                commandLine,
                ofSide,
                host,
                itsTransports,
                probes,
                pilot,
                place);
    }
}
