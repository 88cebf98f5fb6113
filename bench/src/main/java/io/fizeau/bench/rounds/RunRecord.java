package io.fizeau.bench.rounds;

import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.runfolder.NoiseFile;
import io.fizeau.bench.runfolder.RunFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What a run has given so far, and its way into the folder. After each fork the files on disk are complete, so that not even a
 * kill loses what was measured. Used by one thread.
 */
public final class RunRecord {
    private static final String RUNNING = "still running, or killed";

    private final RunFolder folder;
    private final RunPlan plan;
    private final RunFacts facts;
    private final Map<Row, List<BenchmarkResult>> results = new LinkedHashMap<>();
    private final List<Manifest.Fork> forks = new ArrayList<>();
    private final List<NoiseFile.Fork> noise = new ArrayList<>();
    private final List<Manifest.LeftOut> leftOut = new ArrayList<>();
    /** Asked of a JVM like the forks', once there is one. */
    private Map<String, String> jvm = Map.of();

    /** As the first server told it that was asked. */
    private Map<String, String> server = Map.of("server", "unavailable: no server in a process of its own was asked");

    private int finishedRounds;
    private Manifest.@Nullable Sweep sweep; // by the thread that runs

    /**
     * Starts a record, and writes the manifest of a run without forks.
     *
     * @param folder where it is kept.
     * @param plan what is to be run.
     * @param facts what the manifest says beside the forks.
     */
    public RunRecord(final RunFolder folder, final RunPlan plan, final RunFacts facts) {
        this.folder = folder;
        this.plan = plan;
        this.facts = facts;
        plan.leftOut().forEach((spec, reason) -> leftOut.add(new Manifest.LeftOut(spec, reason)));
        save();
    }

    /**
     * How many forks there are so far.
     *
     * @return a count, failed ones included.
     */
    public int forkCount() {
        return forks.size();
    }

    /**
     * How many of the forks failed.
     *
     * @return a count.
     */
    public long failedCount() {
        return forks.stream().filter(fork -> !fork.status().equals("OK")).count();
    }

    /**
     * Keeps a fork.
     *
     * @param row what it measured.
     * @param round its round, from 0.
     * @param orderInRound its place in the round, from 0.
     * @param outcome what became of it.
     */
    public void add(final Row row, final int round, final int orderInRound, final ForkOutcome outcome) {
        final int index = forks.size();
        String file = "";
        final RunResult result = outcome.result();
        if (result != null) {
            if (jvm.isEmpty()) {
                jvm = ForkJvm.describe(result.getParams());
            }
            file = folder.writeFork(index, result);
            final List<BenchmarkResult> forksOfRow = results.computeIfAbsent(row, any -> new ArrayList<>());
            forksOfRow.addAll(result.getBenchmarkResults());
            folder.writeMerged(row, forksOfRow);
        }
        if (!outcome.server().isEmpty()) {
            server = outcome.server();
        }
        noise.add(new NoiseFile.Fork(index, row.benchmark(), row.params(), outcome.noise()));
        folder.writeNoise(new NoiseFile(NoiseFile.SCHEMA, List.copyOf(noise)));
        folder.redactHistograms(index);
        forks.add(new Manifest.Fork(
                index,
                round,
                orderInRound,
                file,
                row.benchmark(),
                row.params(),
                outcome.isOk() ? "OK" : "FAILED",
                outcome.reason(),
                outcome.startedAt().toString(),
                outcome.endedAt().toString(),
                outcome.notes()));
        save();
    }

    void giveUp(final Row row, final String reason) {
        leftOut.add(new Manifest.LeftOut(row.transport(), row.measure() + " given up: " + reason));
    }

    /**
     * Says how far a sweep has come; written with the next fork.
     *
     * @param found what it has found so far.
     */
    public void onSweep(final Manifest.Sweep found) {
        sweep = found;
    }

    /** A round was run to its end. */
    public void onRoundEnd() {
        finishedRounds++;
    }

    /**
     * Writes the manifest of a run that is over.
     *
     * @param isComplete false if it was interrupted.
     * @param reason why, or empty.
     */
    public void finish(final boolean isComplete, final String reason) {
        write(isComplete, reason);
    }

    private void save() {
        write(false, RUNNING);
    }

    private void write(final boolean isComplete, final String reason) {
        folder.writeManifest(new Manifest(
                Manifest.SCHEMA,
                facts.label(),
                isComplete,
                reason,
                facts.startedAt().toString(),
                Instant.now().toString(),
                facts.profile(),
                facts.topology(),
                facts.commandLine(),
                facts.build(),
                facts.host(),
                jvm,
                server,
                facts.impairment(),
                new Manifest.Rounds(plan.rounds(), finishedRounds, plan.seed()),
                facts.transports(),
                List.copyOf(leftOut),
                facts.probes().values(),
                facts.probes().notes(),
                List.copyOf(forks),
                facts.pilot(),
                sweep,
                facts.interleaved()));
    }
}
