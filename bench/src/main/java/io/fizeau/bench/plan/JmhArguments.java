package io.fizeau.bench.plan;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What follows {@code --} on the command line, read by JMH's own parser. What would take the rounds, the rows or the files out of
 * our hands is refused. Immutable.
 */
public final class JmhArguments {
    /** JMH's option to what is to be used in its place. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("-f", "each round is one fork: use --rounds"),
            Map.entry("-wf", "each round is one fork: use --rounds"),
            Map.entry("-o", "JMH's own output is in jmh.log of the run folder"),
            Map.entry("-rf", "the results are in the run folder"),
            Map.entry("-rff", "the results are in the run folder"),
            Map.entry("-bm", "a suite's mode is part of what it is"),
            Map.entry("-e", "use --suites"),
            Map.entry(
                    "-t",
                    "each benchmark has one loop, which accounts for each message: use -p clientThreads or -p connections"),
            Map.entry("-tg", "each benchmark has one loop, which accounts for each message"),
            Map.entry("-wmb", "each fork warms itself up"),
            Map.entry("-wm", "each fork warms itself up"));

    private static final Set<String> PRINTS_ONLY = Set.of("-l", "-lp", "-lprof", "-lrf", "-h");

    private final CommandLineOptions options;
    private final List<String> paramNames;

    private JmhArguments(final CommandLineOptions options, final List<String> paramNames) {
        this.options = options;
        this.paramNames = paramNames;
    }

    /**
     * Parses them.
     *
     * @param arguments what follows {@code --}.
     * @return the arguments.
     * @throws TransportException if JMH does not know one, or it is not for a user of rounds to set.
     */
    public static JmhArguments parse(final List<String> arguments) {
        for (final String argument : arguments) {
            final String why = REFUSED.get(argument);
            if (why != null) {
                throw TransportException.badRequest("JMH's " + argument + " cannot be given to 'fizeau run': " + why);
            }
            if (PRINTS_ONLY.contains(argument)) {
                throw TransportException.badRequest("JMH's " + argument
                        + " measures nothing: use it with java -jar bench/target/benchmarks.jar " + argument);
            }
        }
        final CommandLineOptions options;
        try {
            options = new CommandLineOptions(arguments.toArray(new String[0]));
        } catch (final CommandLineOptionException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "JMH does not understand '" + String.join(" ", arguments) + "': " + firstLine(e.getMessage()),
                    e);
        }
        if (!options.getIncludes().isEmpty()) {
            throw TransportException.badRequest("'" + options.getIncludes().get(0)
                    + "' after '--' would choose benchmarks: use --suites (known: " + Suite.known() + ")");
        }
        return new JmhArguments(options, paramNames(arguments));
    }

    /**
     * As JMH has them.
     *
     * @return options to build on.
     */
    public Options options() {
        return options;
    }

    /**
     * The values of a benchmark's parameter that were given.
     *
     * @param name the parameter.
     * @return the values, or an empty list.
     */
    Collection<String> param(final String name) {
        return options.getParameter(name).orElse(List.of());
    }

    /**
     * The parameters that were given.
     *
     * @return their names.
     */
    List<String> paramNames() {
        return paramNames;
    }

    /**
     * How long the iterations of one fork take.
     *
     * @param profile holds what is not given here.
     * @return warm-up and measurement.
     */
    public Duration forkTime(final Profile profile) {
        return forkTime(profile, Suite.ROUNDTRIP);
    }

    /**
     * The same for a fork of a suite.
     *
     * @param profile what they leave open.
     * @param suite the suite.
     * @return the time.
     */
    public Duration forkTime(final Profile profile, final Suite suite) {
        final Duration warmup = time(options.getWarmupTime().orElse(TimeValue.seconds(profile.warmupSeconds(suite))));
        final Duration measured =
                time(options.getMeasurementTime().orElse(TimeValue.seconds(profile.measuredSeconds(suite))));
        return warmup.multipliedBy(options.getWarmupIterations().orElse(1))
                .plus(measured.multipliedBy(options.getMeasurementIterations().orElse(1)));
    }

    private static Duration time(final TimeValue value) {
        return Duration.ofNanos(value.convertTo(TimeUnit.NANOSECONDS));
    }

    private static List<String> paramNames(final List<String> arguments) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals("-p")) {
                final String name = arguments.get(i + 1).split("=", 2)[0];
                final String option = Params.OPTIONS.get(name);
                if (option != null) {
                    throw TransportException.badRequest(
                            "-p " + name + "=... cannot be given to 'fizeau run': use " + option);
                }
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static String firstLine(final @Nullable String text) {
        return text == null ? "not understood" : text.lines().findFirst().orElse("not understood");
    }
}
