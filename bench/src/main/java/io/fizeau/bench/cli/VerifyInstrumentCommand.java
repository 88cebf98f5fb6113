package io.fizeau.bench.cli;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.instrument.Report;
import io.fizeau.bench.instrument.Verification;
import io.fizeau.bench.instrument.VerificationProgress;
import io.fizeau.bench.instrument.experiment.Experiments;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.JmhLock;
import io.fizeau.bench.rounds.Probes;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.host.HostManifest;
import io.fizeau.core.registry.ConfiguredTransport;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the instrument is right, on the machine where it stands. */
@Command(
        name = "verify-instrument",
        description = "Does experiments whose answer is known beforehand, and says whether they come out right here.",
        footer = {
            "",
            "Takes about four minutes; nothing else should run meanwhile.",
            "Exit status: 0 if all is OK, 1 if something is OFF, 2 for bad input, 130 if interrupted."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyInstrumentCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    /** How outcomes are written. */
    enum Format {
        TEXT,
        JSON
    }

    private final LaunchSettings settings;
    private final List<String> commandLine;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description =
                    "do just these: clock, burn, stall, poisson-constant, poisson-exponential, window, unreachable,"
                            + " slow-generator, spinners")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json; default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the experiments' run folders go; default: .fizeau/instrument")
    private @Nullable Path out;

    VerifyInstrumentCommand(final LaunchSettings settings, final List<String> commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        final List<Experiment> experiments = Experiments.named(only);
        return JmhLock.holding(() -> {
            try (Interruption interruption = new Interruption()) {
                return verify(experiments, interruption);
            }
        });
    }

    private int verify(final List<Experiment> experiments, final Interruption interruption) {
        final Terminal terminal = settings.terminal();
        // The JSON is all there is on standard output.
        final Terminal beside = format == Format.JSON ? new Terminal(System.err, false, terminal.columns()) : terminal;
        final Map<String, String> machine = new LinkedHashMap<>();
        machine.put("build", BuildFacts.read(settings.home()).gitCommit());
        machine.put("java", Runtime.version().toString());
        machine.put("processors", CpuAffinity.allowed().toString());
        machine.put("load average before", loadAverage());
        final List<Outcome> outcomes;
        try (VerificationProgress progress = new VerificationProgress(beside, System::nanoTime)) {
            final Path runs = out == null ? settings.cache().resolve("instrument") : out;
            final Laboratory laboratory = new Laboratory(runs, settings.resultsJar(), facts(), progress, interruption);
            outcomes = new Verification(experiments, laboratory, progress).run();
        }
        machine.put("load average after", loadAverage());
        final Report report = new Report(machine, outcomes);
        terminal.out().print(format == Format.JSON ? report.json() : report.text());
        if (interruption.isRequested()) {
            beside.out().println("INCOMPLETE: interrupted.");
        }
        terminal.out().flush();
        if (interruption.isRequested()) {
            return INTERRUPTED;
        }
        return report.isOk() ? FizeauCommand.OK : FizeauCommand.FAILED;
    }

    /** What the manifests say beside the forks; the machine is described once for all. */
    private BiFunction<String, List<ConfiguredTransport>, RunFacts> facts() {
        final BuildFacts build = BuildFacts.read(settings.home());
        final Map<String, String> host = HostManifest.read();
        return (label, transports) -> new RunFacts(
                label,
                Instant.now(),
                "verify-instrument",
                "LOOPBACK",
                "none",
                commandLine,
                build,
                host,
                TransportEntries.of(
                        transports, transport -> Manifest.Kit.notRun("verify-instrument asks the instrument alone")),
                new Probes(),
                null,
                null);
    }

    private static String loadAverage() {
        final double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return average < 0 ? "unavailable: this system tells none" : String.format(Locale.ROOT, "%.2f", average);
    }
}
