package io.fizeau.bench.cli;

import io.fizeau.core.error.TransportException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A mistake of the user's is one line on standard error and exit status 2; a mistake of ours says how to see more of it. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String DEBUG = "--debug";

    @Override
    public int handleParseException(final ParameterException e, final String[] arguments) {
        final CommandLine line = e.getCommandLine();
        final String name = line.getCommandSpec().qualifiedName();
        final StringBuilder text = new StringBuilder(name).append(": ").append(oneLine(String.valueOf(e.getMessage())));
        if (e instanceof UnmatchedArgumentException unmatched) {
            final List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                text.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        }
        print(line, text.append("; see '").append(name).append(" --help'").toString());
        return FizeauCommand.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(final Exception e, final CommandLine line, final ParseResult parsed) {
        final boolean isDebug = Arrays.asList(parsed.originalArgs().toArray()).contains(DEBUG);
        if (isDebug) {
            final PrintWriter err = line.getErr();
            e.printStackTrace(err);
            err.flush();
        }
        final String name = line.getCommandSpec().qualifiedName();
        if (e instanceof TransportException) {
            print(line, name + ": " + oneLine(String.valueOf(e.getMessage())));
            return FizeauCommand.BAD_INPUT;
        }
        print(
                line,
                name + ": internal error: " + oneLine(e.toString())
                        + (isDebug ? "" : "; run it again with " + DEBUG + " to see where"));
        return FizeauCommand.FAILED;
    }

    private static void print(final CommandLine line, final String text) {
        line.getErr().println(text);
        line.getErr().flush();
    }

    private static String oneLine(final String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
