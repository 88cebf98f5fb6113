package io.fizeau.bench.cli;

import io.fizeau.bench.link.LinkDemand;
import io.fizeau.bench.plan.BenchmarkCatalog;
import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunPlanner;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.bench.trial.ManyParams;
import io.fizeau.bench.trial.OpenLoopTrial;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that measures in rounds. Written by picocli. */
final class RunOptions {
    @Option(
            names = "--profile",
            defaultValue = "quick",
            description =
                    "quick (a few minutes), standard (under an hour) or thorough (hours); default: ${DEFAULT-VALUE}")
    private Profile profile = Profile.QUICK;

    @Option(
            names = "--transports",
            split = ",",
            paramLabel = "SPEC",
            description = "such as tcp-nio,aeron-udp?mtu=8192; default: all that can run here and fit the time")
    private List<String> transports = new ArrayList<>();

    @Option(names = "--sizes", split = ",", paramLabel = "BYTES", description = "message sizes; default: the profile's")
    private List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "RATE",
            description = "messages a second that the open loop offers, such as 10k,100k; default: 10k")
    private List<String> rates = new ArrayList<>();

    @Option(
            names = "--suites",
            split = ",",
            paramLabel = "SUITE",
            description =
                    "roundtrip, batch, openloop, throughput, baseline, losses, goodput, blackout, connections, security, or Class.method of a benchmark; default: roundtrip,openloop,throughput, with --impair losses,goodput,blackout")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each row is measured; default: the profile's")
    private @Nullable Integer rounds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the order of rows follows from it; default: another one each time")
    private @Nullable Long seed;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "becomes part of the run folder's name; default: the command's name")
    private @Nullable String label;

    @Option(names = "--strict", description = "end with exit status 3 if any row is invalid")
    private boolean isStrict;

    @Mixin
    private LinkOptions linkOptions = new LinkOptions();

    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Parameters(paramLabel = "JMH", description = "after '--': options for JMH, such as -wi 2 -i 3 -prof perfasm")
    private List<String> jmh = new ArrayList<>();

    /**
     * Checks everything, and plans.
     *
     * @param defaults what holds where the user does not say.
     * @param pilotRounds the rounds of the pilot that the plan is of, or 0 if there is none.
     * @throws TransportException if something cannot be done; the message names the option.
     */
    PreparedRun prepare(final RunDefaults defaults, final int pilotRounds) {
        final Instant startedAt = Instant.now();
        final String checkedLabel = RunFolder.checkedLabel(label == null ? defaults.label() : label);
        final RunRequest request = new RunRequest(
                profile,
                transports.isEmpty() ? defaults.transports() : transports,
                sizes,
                rates,
                suites.isEmpty() ? defaults.suites() : suites,
                linkOptions.impair(),
                rounds == null ? defaults.rounds() : checkedRounds(rounds),
                seed == null ? startedAt.toEpochMilli() : seed,
                measuring.server(),
                JmhArguments.parse(jmh));
        final Transports registry = measuring.transports().transports();
        final RunPlanner planner = new RunPlanner(BenchmarkCatalog.installed(), registry);
        final RunPlan plan = planner.plan(pilotRounds > 0 ? request.withRounds(pilotRounds) : request);
        plan.rows().forEach(row -> {
            OpenLoopTrial.check(row.params(), registry);
            ManyParams.check(row.params());
        });
        final LinkDemand demand = linkOptions.demand(plan);
        return new PreparedRun(
                startedAt, checkedLabel, request, planner, plan, demand, linkOptions.choose(demand), linkOptions);
    }

    /** The number of rounds, if the user gave one. */
    Optional<Integer> rounds() {
        return Optional.ofNullable(rounds);
    }

    /** Whether the server was started elsewhere. */
    boolean hasFarServer() {
        return measuring.server().isAddress();
    }

    MeasuringOptions measuring() {
        return measuring;
    }

    boolean isStrict() {
        return isStrict;
    }

    private static int checkedRounds(final int given) {
        if (given < 1) {
            throw TransportException.badRequest("--rounds " + given + " is not allowed: it takes 1 or more");
        }
        return given;
    }
}
