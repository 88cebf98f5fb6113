package io.fizeau.bench.runfolder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} says: which machine and build, what was asked for, and what became of each fork. Without it no
 * number means anything. The record components are the file's field names; the reader is in {@code results}, and knows only the
 * file. Immutable.
 *
 * @param schema {@link #SCHEMA}.
 * @param label what the user calls this run.
 * @param complete false if the run was interrupted.
 * @param incompleteReason why, or empty.
 * @param startedAt when the run began, ISO 8601 in UTC.
 * @param endedAt when it ended, or when this state of it was written.
 * @param profile the profile's name.
 * @param topology {@code LOOPBACK}, or {@code REMOTE} if the server is on another host.
 * @param commandLine the arguments.
 * @param build what was run.
 * @param host the machine, see {@link io.fizeau.core.host.HostManifest}.
 * @param jvm the JVM of the forks, in the same form.
 * @param server the JVM of the server's process as it tells it itself, in the same form; or why that is not known.
 * @param impairment what was done to the network on purpose: {@code none}.
 * @param rounds how many, and the seed of their order.
 * @param transports what was measured, and what each promises.
 * @param leftOut what was not measured, and why.
 * @param probes name to value; a probe that could not run is absent.
 * @param probeNotes why a probe is absent.
 * @param forks every fork in the order run.
 * @param pilot what decided about the number of rounds; absent if the user or the profile did.
 * @param sweep what a sweep looked for and found; absent in a run of rounds.
 * @param interleaved which other run this one was measured in turn with; absent in a run by itself.
 */
public record Manifest(
        String schema,
        String label,
        boolean complete,
        String incompleteReason,
        String startedAt,
        String endedAt,
        String profile,
        String topology,
        List<String> commandLine,
        BuildFacts build,
        Map<String, String> host,
        Map<String, String> jvm,
        Map<String, String> server,
        String impairment,
        Rounds rounds,
        List<TransportEntry> transports,
        List<LeftOut> leftOut,
        Map<String, Double> probes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> probeNotes,
        List<Fork> forks,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Pilot pilot,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sweep sweep,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Interleaved interleaved) {
    /** The version of the form; raised when a reader of the old one would go wrong. */
    public static final String SCHEMA = "fizeau.manifest/1";

    /**
     * The two sides of a comparison that were measured in turn. Forks of the same row and round are a pair; of a pair, the one with the lower
     * {@link Fork#orderInRound} went first.
     *
     * @param id the same for both sides, and for no other run.
     * @param side {@code base} or {@code candidate}.
     * @param other the name of the other side's run folder, beside this one.
     */
    public record Interleaved(String id, String side, String other) {}

    /**
     * How many rounds, and their order.
     *
     * @param planned how many were to be run.
     * @param finished how many were run to their end.
     * @param seed the order of rows within each round follows from it.
     */
    public record Rounds(int planned, int finished, long seed) {}

    /**
     * A transport that was measured.
     *
     * @param spec its spec string.
     * @param name its name.
     * @param guarantees the labels of what it promises.
     * @param maxMessageBytes the longest message it takes.
     * @param regime {@code spinning} or {@code blocking}: compared with its like only.
     * @param competes false for the noise floor of the harness.
     * @param datagrams whether it sends datagrams, which a host may drop.
     * @param available whether it can run here.
     * @param reason why not, or empty.
     * @param kit what the conformance kit says.
     * @param bare the spec of the same without layers and without security of its own; null where there is nothing to take off.
     */
    public record TransportEntry(
            String spec,
            String name,
            List<String> guarantees,
            int maxMessageBytes,
            String regime,
            boolean competes,
            boolean datagrams,
            boolean available,
            String reason,
            Kit kit,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String bare) {}

    /**
     * The conformance kit's verdict.
     *
     * @param verdict {@code PASSED}, {@code FAILED} or {@code NOT_RUN}.
     * @param passed how many tests passed.
     * @param failed how many failed.
     * @param skipped how many do not apply.
     * @param detail the first failure, or why it was not run; else empty.
     */
    public record Kit(String verdict, int passed, int failed, int skipped, String detail) {
        /**
         * No verdict.
         *
         * @param why the reason.
         * @return a verdict {@code NOT_RUN}.
         */
        public static Kit notRun(final String why) {
            return new Kit("NOT_RUN", 0, 0, 0, why);
        }
    }

    /**
     * Something that could have been measured and was not.
     *
     * @param spec the transport.
     * @param reason why, in one line.
     */
    public record LeftOut(String spec, String reason) {}

    /**
     * One fork: one row of one round.
     *
     * @param index its place in the order run, from 0.
     * @param round its round, from 0.
     * @param orderInRound its place within the round, from 0; of two sides in turn, among the forks of both.
     * @param file its results relative to the run folder, or empty if it has none.
     * @param benchmark the benchmark's full name.
     * @param params its parameters.
     * @param status {@code OK} or {@code FAILED}.
     * @param reason why it failed, or empty.
     * @param startedAt when it started.
     * @param endedAt when it ended.
     * @param notes whatever else a reader should know, such as where its threads were pinned.
     */
    public record Fork(
            int index,
            int round,
            int orderInRound,
            String file,
            String benchmark,
            Map<String, String> params,
            String status,
            String reason,
            String startedAt,
            String endedAt,
            Map<String, String> notes) {}

    /**
     * What a pilot saw, and what followed from it. Its forks are in the folder {@code pilot}, and no part of the measurement.
     *
     * @param rounds how many rounds the pilot had.
     * @param detect the difference in the closed p50 that is to be found, as a share.
     * @param needed how many rounds that takes.
     * @param chosen how many were planned: the same within its limits.
     * @param detectable the difference that so many rounds find with the same power.
     * @param rows what each comparison showed.
     */
    public record Pilot(int rounds, double detect, int needed, int chosen, double detectable, List<PilotRow> rows) {}

    /**
     * One comparison of a pilot.
     *
     * @param row the transport and the size.
     * @param reference the transport that it is compared with.
     * @param pairs from how many rounds.
     * @param sdLog the standard deviation of the paired logarithms of ratios.
     * @param sdLogUpper the upper confidence bound of it that the number of rounds follows from.
     * @param needed how many rounds this comparison takes.
     */
    public record PilotRow(String row, String reference, int pairs, double sdLog, double sdLogUpper, int needed) {}

    /**
     * What a sweep looked for and found.
     *
     * @param slo limits to the response times, as the user wrote them; may be empty.
     * @param fromPerSecond the rate that it began with.
     * @param precision how narrow the brackets should become, as a share.
     * @param repeats how many forks decide about a rate.
     * @param edges one for each transport and size.
     */
    public record Sweep(List<String> slo, double fromPerSecond, double precision, int repeats, List<Edge> edges) {}

    /**
     * The highest sustainable rate of one transport.
     *
     * @param params the parameters of its forks, without the rate.
     * @param heldPerSecond the highest rate that held in all its forks; 0 if none did.
     * @param failedPerSecond the lowest that failed in all its forks, with none above it that held; absent if none did.
     * @param state {@code FOUND}, {@code DISPUTED} if forks disagreed, {@code NONE_HELD}, {@code NO_LIMIT} or {@code UNFINISHED}.
     * @param why what failed at the upper end, or empty.
     */
    public record Edge(
            Map<String, String> params,
            double heldPerSecond,
            @Nullable Double failedPerSecond,
            String state,
            String why) {}
}
