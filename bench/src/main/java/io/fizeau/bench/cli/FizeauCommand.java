package io.fizeau.bench.cli;

import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.settings.LaunchSettings;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The commands of {@code bench} behind one name. What concerns finished runs is in {@code results}; the launcher knows which is where. */
@Command(
        name = "fizeau",
        description = "Measures what a message transport costs.",
        mixinStandardHelpOptions = true,
        versionProvider = FizeauCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class FizeauCommand {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    /** The results' own status for an invalid row too. */
    static final int INVALID = 3;

    static final int INTERRUPTED = 130;

    private FizeauCommand() {}

    /**
     * Runs one command and ends the process: 0 if all went well, 1 if something measured or checked failed, 2 for bad input.
     *
     * @param arguments the command and its arguments.
     */
    public static void main(final String[] arguments) {
        System.exit(execute(LaunchSettings.fromSystem(), arguments));
    }

    static int execute(final LaunchSettings settings, final String... arguments) {
        final CommandLine line = new CommandLine(new FizeauCommand())
                .addSubcommand(new RunCommand(settings, List.of(arguments)))
                .addSubcommand(new AaCommand(settings, List.of(arguments)))
                .addSubcommand(new SweepCommand(settings, List.of(arguments)))
                .addSubcommand(new ListCommand(settings))
                .addSubcommand(new ServeCommand(settings))
                .addSubcommand(new DoctorCommand(settings))
                .addSubcommand(new KeysCommand(settings))
                .addSubcommand(new CheckCommand(settings))
                .addSubcommand(new ExplainCommand(settings))
                .addSubcommand(new VerifyInstrumentCommand(settings, List.of(arguments)));
        line.setParameterExceptionHandler(new OneLineErrors())
                .setExecutionExceptionHandler(new OneLineErrors())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false);
        if (arguments.length == 0) {
            line.usage(System.err);
            return BAD_INPUT;
        }
        return line.execute(arguments);
    }

    /** Reads the version that the build wrote down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fizeau " + BuildFacts.currentVersion()};
        }
    }
}
