package io.fizeau.bench.suite;

import io.fizeau.bench.jmh.LatencyProfiler;
import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkControl;
import io.fizeau.transports.link.Links;
import io.fizeau.transports.link.TcpRoute;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One fork of one row over a link, in the namespace in which this is the first process: a run in small. Prints each row as {@code row
 * LABEL VALUE}, and what the link and the fork noted as {@code note NAME VALUE}.
 */
final class ImpairedRun {
    private ImpairedRun() {}

    /**
     * Runs it.
     *
     * @param args the link's kind, the benchmark, the notes' path, the milliseconds of an iteration, and parameters as name=value.
     */
    public static void main(final String[] args) throws RunnerException {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(args[1])
                .addProfiler(LatencyProfiler.class)
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(Long.parseLong(args[3])))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Impairment impairment = Impairment.NONE;
        String congestion = "";
        Duration rtoMin = Duration.ZERO;
        for (int i = 4; i < args.length; i++) {
            final String name = args[i].substring(0, args[i].indexOf('='));
            final String value = args[i].substring(name.length() + 1);
            options.param(name, value);
            impairment = name.equals("impair") ? Impairment.parse(value) : impairment;
            congestion = name.equals("congestion") && !value.equals("host") ? value : congestion;
            rtoMin = name.equals("rtoMin") ? Duration.ofMillis(Long.parseLong(value.replace("ms", ""))) : rtoMin;
        }
        try (Link link = Links.named(args[0]).open();
                LinkControl control = LinkControl.serve(link, Throwable::printStackTrace)) {
            link.tcp(TcpRoute.of(congestion, rtoMin, false));
            link.apply(impairment);
            options.jvmArgsAppend("-D" + LinkControl.PROPERTY + '=' + control.path(), "-Dfizeau.notes=" + args[2]);
            final RunResult result =
                    List.copyOf(new Runner(options.build()).run()).get(0);
            System.out.println("row score " + result.getPrimaryResult().getScore());
            result.getSecondaryResults()
                    .forEach((label, row) -> System.out.println("row " + label + ' ' + row.getScore()));
            link.report().notes().forEach((name, value) -> System.out.println("note " + name + ' ' + value));
        }
    }
}
