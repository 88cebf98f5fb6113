package io.fizeau.bench.cli;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.tck.KitReport;
import io.fizeau.core.tck.KitReport.Outcome;
import io.fizeau.core.tck.KitReport.Result;
import io.fizeau.core.tck.KitRunner;
import io.fizeau.core.transport.Availability;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a transport keeps what it promises. */
@Command(
        name = "check",
        description = "Runs the conformance kit on a transport: does it keep what it promises?",
        footer = "Exit status: 0 if it does, 1 if a test failed, 2 for bad input or a transport that cannot run here.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SPEC", description = "the transport, such as tcp-nio or aeron-udp?mtu=8192")
    private String spec = "";

    @Mixin
    private TransportOptions options = new TransportOptions();

    CheckCommand(final LaunchSettings settings) {
        this.terminal = settings.terminal();
    }

    @Override
    public Integer call() {
        final ConfiguredTransport transport = options.transports().resolve(spec);
        final Availability availability = transport.availability();
        if (!availability.isAvailable()) {
            throw TransportException.badRequest(spec + " cannot run here: " + availability.reason());
        }
        terminal.out().println("Checking " + spec + " (passed/run, each test in every way of driving) ...");
        terminal.out().flush();
        final KitLines lines = new KitLines(terminal);
        final KitReport report;
        try (Interruption interruption = new Interruption()) {
            report = interruption.interruptibly(
                    () -> KitRunner.run(spec, Thread.currentThread().getContextClassLoader(), lines::add));
        }
        lines.finish();
        return summarise(report);
    }

    private int summarise(final KitReport report) {
        final List<Outcome> failed = report.all(Result.FAILED);
        terminal.out()
                .printf(
                        "%s: %s. %d passed, %d failed, %d skipped%n",
                        spec,
                        report.isPassed()
                                ? "keeps what it promises"
                                : failed.isEmpty() ? "NOTHING WAS TESTED" : "DOES NOT KEEP what it promises",
                        report.count(Result.PASSED),
                        failed.size(),
                        report.count(Result.SKIPPED));
        terminal.out().flush();
        return report.isPassed() ? FizeauCommand.OK : FizeauCommand.FAILED;
    }
}
