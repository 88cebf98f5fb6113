package io.fizeau.results.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code manifest.json} says about a run: schema {@value #SCHEMA}. What the file leaves out is an empty string, an empty
 * collection or NaN here; only the schema must be there.
 *
 * @param label the name the user gave the run.
 * @param complete false if it was interrupted or something failed.
 * @param incompleteReason why, otherwise empty.
 * @param startedAt ISO 8601, UTC.
 * @param endedAt ISO 8601, UTC.
 * @param profile for example {@code quick}.
 * @param topology {@code LOOPBACK} if both ends were on one machine.
 * @param commandLine what was called.
 * @param build version, commit, whether it was dirty, hash of the jar; a value that could not be read says "unavailable: why".
 * @param host the machine, in the same form.
 * @param jvm the virtual machine, in the same form.
 * @param rounds how many were planned and finished.
 * @param transports what was asked for.
 * @param leftOut what did not fit or was refused, with the reason.
 * @param probes the state of the machine.
 * @param forks what ran, in the order run.
 * @param pilot what the number of rounds followed from, empty if somebody chose it.
 * @param sweep what a sweep looked for and found, empty for any other run.
 * @param interleaved the other side that was measured in turn with this run, empty for a run by itself.
 */
public record Manifest(
        String label,
        boolean complete,
        String incompleteReason,
        String startedAt,
        String endedAt,
        String profile,
        String topology,
        List<String> commandLine,
        Map<String, String> build,
        Map<String, String> host,
        Map<String, String> jvm,
        Rounds rounds,
        List<TransportEntry> transports,
        List<LeftOut> leftOut,
        Probes probes,
        List<ForkEntry> forks,
        Optional<Pilot> pilot,
        Optional<Sweep> sweep,
        Optional<Interleaved> interleaved) {
    /** The one schema that is read, with its minor versions. */
    public static final String SCHEMA = "fizeau.manifest/1";

    /**
     * {@return what the manifest says about it, empty if it does not name it}
     *
     * @param spec the value of a row's parameter {@code transport}.
     */
    public Optional<TransportEntry> transport(final String spec) {
        return transports.stream().filter(t -> t.spec().equals(spec)).findFirst();
    }

    /**
     * Rounds of the run; one round runs each row once.
     *
     * @param planned how many the profile asked for, 0 if unknown.
     * @param finished how many were run to their end.
     */
    public record Rounds(int planned, int finished) {}

    /**
     * What a pilot led to.
     *
     * @param rounds of the pilot.
     * @param detect the difference that was to be found, as a share.
     * @param needed how many rounds that takes.
     * @param chosen how many were planned.
     * @param detectable the difference that so many find with the same power.
     */
    public record Pilot(int rounds, double detect, int needed, int chosen, double detectable) {}

    /**
     * What a sweep looked for and found.
     *
     * @param slo limits to the response times, as the user wrote them.
     * @param precision how narrow the brackets should become, as a share.
     * @param repeats how many forks decided about a rate.
     * @param edges one for each transport and size.
     */
    public record Sweep(List<String> slo, double precision, int repeats, List<Edge> edges) {
        /** Copies the lists. */
        public Sweep {
            slo = List.copyOf(slo);
            edges = List.copyOf(edges);
        }
    }

    /**
     * The highest sustainable rate of one transport, as the sweep found it.
     *
     * @param params of its rows, without the rate.
     * @param heldPerSecond the highest rate that held in all its forks; 0 if none did.
     * @param failedPerSecond the lowest that failed in all its forks, with none above it that held; NaN if none did.
     * @param state {@code FOUND}, {@code DISPUTED}, {@code NONE_HELD}, {@code NO_LIMIT} or {@code UNFINISHED}.
     * @param why what failed at the upper end.
     */
    public record Edge(
            Map<String, String> params, double heldPerSecond, double failedPerSecond, String state, String why) {
        /** Copies and sorts the parameters, as {@link RowKey} does. */
        public Edge {
            params = Collections.unmodifiableMap(new TreeMap<>(params));
        }
    }

    /**
     * Two runs whose rounds were measured in turn, fork by fork: round i of one pairs with round i of the other.
     *
     * @param id the same for both, and for no other run.
     * @param side {@code base} or {@code candidate}.
     * @param other the name of the other side's run folder, beside this one.
     */
    public record Interleaved(String id, String side, String other) {}

    /**
     * A transport that was not measured at all.
     *
     * @param spec its spec string.
     * @param reason why not.
     */
    public record LeftOut(String spec, String reason) {}

    /**
     * What the machine itself cost. NaN where a probe could not run.
     *
     * @param clockCostNs of one reading of the clock.
     * @param clockTickNs the smallest step of the clock.
     * @param unixSocketRttNsBefore a spinning round trip over a Unix socket, before the first round.
     * @param unixSocketRttNsAfter the same after the last round.
     * @param notes why a probe is absent, by its name.
     */
    public record Probes(
            double clockCostNs,
            double clockTickNs,
            double unixSocketRttNsBefore,
            double unixSocketRttNsAfter,
            Map<String, String> notes) {}
}
