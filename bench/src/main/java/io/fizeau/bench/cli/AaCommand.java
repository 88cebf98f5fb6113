package io.fizeau.bench.cli;

import io.fizeau.bench.plan.Suite;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.error.TransportException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The same build against itself: what this machine would call a difference. */
@Command(
        name = "aa",
        description =
                "Measures this build in turn with itself, as 'run --against' does with another one: how often a difference is seen"
                        + " that is not there, and how small a one could be seen.",
        footer = {
            "",
            "Without options: the closed round trip of tcp-nio and tcp-blocking, 20 rounds of short forks, about 5 minutes.",
            "Exit status: 0 if all forks went well, 1 if some failed, 2 for bad input, 130 if interrupted;",
            "with --strict 3 if a row is invalid, whatever made it so."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AaCommand implements Callable<Integer> {
    private static final RunDefaults DEFAULTS =
            new RunDefaults("aa", List.of("tcp-nio", "tcp-blocking"), List.of(Suite.ROUNDTRIP.label()), 20);

    private final LaunchSettings settings;
    private final List<String> commandLine;

    @Mixin
    private RunOptions options = new RunOptions();

    AaCommand(final LaunchSettings settings, final List<String> commandLine) {
        this.settings = settings;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() {
        if (options.hasFarServer()) {
            throw TransportException.badRequest(
                    "--server host:port does not go with 'fizeau aa': it is for one run at a time");
        }
        return TwoSidedRun.againstItself(settings, commandLine, options, options.prepare(DEFAULTS, 0));
    }
}
