package io.fizeau.results.cli;

import io.fizeau.results.run.ResultsException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code results.jar}: each subcommand reads what a run left behind, and changes nothing. */
@Command(
        name = "fizeau",
        description = "Shows what a run left behind.",
        subcommands = {
            ShowCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            AaReportCommand.class,
            HistoryCommand.class,
            ChooseCommand.class,
            ExportCommand.class,
            QueryCommand.class,
            RoundsCommand.class,
            ArtifactCommand.class
        },
        mixinStandardHelpOptions = true)
public final class ResultsCommand implements Runnable {
    /** The exit status for input that cannot be used. */
    static final int BAD_INPUT = 2;
    /** The exit status of who was told to be strict and found an invalid row. */
    static final int INVALID = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given; the known ones: "
                        + spec.subcommands().entrySet().stream()
                                .filter(command -> !command.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .hidden())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(", ")));
    }

    /**
     * {@return the command line, with one line for each of a user's mistakes}
     */
    static CommandLine commandLine() {
        return new CommandLine(new ResultsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    oneLine(e.getCommandLine().getErr(), e);
                    return BAD_INPUT;
                })
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    if (e instanceof ResultsException) {
                        oneLine(commandLine.getErr(), e);
                        return BAD_INPUT;
                    }
                    throw e;
                });
    }

    private static void oneLine(final PrintWriter err, final Exception e) {
        err.println(
                "fizeau: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        err.flush();
    }

    /**
     * Runs a command and ends the process: status 0, 2 for input that cannot be used, or 3 as a command
     * says.
     *
     * @param args the command line.
     */
    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }
}
