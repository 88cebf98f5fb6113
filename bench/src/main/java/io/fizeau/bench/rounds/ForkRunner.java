package io.fizeau.bench.rounds;

import io.fizeau.bench.jmh.LatencyProfiler;
import io.fizeau.bench.jmh.NoiseProfiler;
import io.fizeau.bench.jmh.ServerProfiler;
import io.fizeau.bench.plan.JmhArguments;
import io.fizeau.bench.plan.Profile;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.Suite;
import io.fizeau.bench.runfolder.RunFolder;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.datagram.trace.TraceSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Has JMH run one row in one fork. JMH's own output goes to a log. A fork that does not end is ended. Used by one thread.
 */
public final class ForkRunner implements AutoCloseable {
    /** How much longer than its iterations a fork may take before it is taken for hung. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How much longer than planned JMH lets an iteration take before it interrupts the benchmark's thread. */
    private static final int ITERATION_TIMEOUT_S = 30;

    private static final int CONNECTIONS_A_SECOND = 50;

    private final Profile profile;
    private final JmhArguments jmh;
    private final RunFolder folder;
    private final RunLink link;
    private final ForkBuild build;
    private final ForkNotes notes = new ForkNotes();
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "fizeau-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates a runner.
     *
     * @param profile how long iterations are, where the arguments do not say.
     * @param jmh what JMH is given.
     * @param folder where logs and histograms go.
     * @param link what the forks send through; stays the caller's.
     * @param build whose classes the forks have.
     */
    public ForkRunner(
            final Profile profile,
            final JmhArguments jmh,
            final RunFolder folder,
            final RunLink link,
            final ForkBuild build) {
        this.profile = profile;
        this.jmh = jmh;
        this.folder = folder;
        this.link = link;
        this.build = build;
    }

    /**
     * Runs a row once.
     *
     * @param row what to measure.
     * @param index the fork's place in the order run, which its histograms are named after.
     * @param round its round, from 0, which decides about the seed of a bad link.
     * @return what became of it; a fork that fails throws nothing.
     */
    public ForkOutcome run(final Row row, final int index, final int round) {
        final Instant startedAt = Instant.now();
        final Duration deadline =
                jmh.forkTime(profile, Suite.of(row.benchmark())).plus(PATIENCE).plusSeconds(connectingSeconds(row));
        final AtomicBoolean isLate = new AtomicBoolean();
        final ScheduledFuture<?> late = watchdog.schedule(
                () -> {
                    isLate.set(true);
                    Children.end();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try (PrintStream out = openLog()) {
            link.before(row, round);
            final Runner jmhRunner =
                    new Runner(options(row, index), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL));
            final RunResult result = build.call(jmhRunner::runSingle);
            return outcome(result, "", startedAt);
        } catch (final RunnerException | RuntimeException e) {
            final String reason = isLate.get() ? "not finished after " + deadline.toSeconds() + " s, ended" : reason(e);
            return outcome(null, reason, startedAt);
        } finally {
            late.cancel(false);
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        notes.close();
    }

    private ForkOutcome outcome(final @Nullable RunResult result, final String reason, final Instant startedAt) {
        return new ForkOutcome(
                        result, reason, notes.take(), notes.takeNoise(), notes.server(), startedAt, Instant.now())
                .withNotes(link.after());
    }

    private Options options(final Row row, final int index) {
        final Options given = jmh.options();
        final Suite suite = Suite.of(row.benchmark());
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .include('^' + Pattern.quote(row.benchmark()) + '$')
                .forks(1)
                .warmupForks(0)
                .shouldFailOnError(true)
                .warmupIterations(given.getWarmupIterations().orElse(1))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(profile.warmupSeconds(suite))))
                .measurementIterations(given.getMeasurementIterations().orElse(1))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(profile.measuredSeconds(suite))))
                .jvmArgsAppend(appended(given, row, index))
                .timeout(given.getTimeout().orElse(TimeValue.seconds(ITERATION_TIMEOUT_S + connectingSeconds(row))));
        // Outermost, because what it allocates at the edges is not the benchmark's.
        options.addProfiler(NoiseProfiler.class);
        if (!given.getJvmArgs().hasValue()) {
            build.jvmArguments(row.benchmark()).ifPresent(flags -> options.jvmArgs(flags.toArray(new String[0])));
        }
        row.params().forEach((name, value) -> options.param(name, value));
        if (given.getProfilers().stream()
                .noneMatch(profiler -> profiler.getKlass().equals("gc"))) {
            options.addProfiler(GCProfiler.class);
        }
        options.addProfiler(ServerProfiler.class);
        options.addProfiler(
                LatencyProfiler.class, "hlog=" + folder.histograms() + ";prefix=" + RunFolder.forkPrefix(index));
        return options.build();
    }

    /** Ten thousand handshakes of TLS take a minute or more. */
    private static int connectingSeconds(final Row row) {
        return row.connections() / CONNECTIONS_A_SECOND;
    }

    private String[] appended(final Options given, final Row row, final int index) {
        final List<String> arguments = new ArrayList<>(given.getJvmArgsAppend().orElse(List.of()));
        arguments.add(notes.jvmArgument());
        folder.traces(index).ifPresent(path -> arguments.add("-D" + TraceSettings.DIRECTORY + '=' + path));
        arguments.addAll(link.jvmArguments(row));
        return arguments.toArray(new String[0]);
    }

    private PrintStream openLog() {
        final Path log = folder.jmhLog();
        try {
            final OutputStream file = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new PrintStream(
                    folder.redaction().filter(new BufferedOutputStream(file)), true, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot write " + log + ": " + e.getMessage(), e);
        }
    }

    /**
     * The deepest message, for it is the cause: JMH wraps what a benchmark threw several times over, partly as suppressed
     * exceptions.
     */
    private static String reason(final Throwable thrown) {
        final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Throwable> queue = new ArrayDeque<>(List.of(thrown));
        Throwable deepest = thrown;
        while (!queue.isEmpty()) {
            final Throwable next = queue.poll();
            if (seen.add(next)) {
                if (next instanceof TransportException) {
                    return oneLine(String.valueOf(next.getMessage()));
                }
                deepest = next;
                if (next.getCause() != null) {
                    queue.add(next.getCause());
                }
                queue.addAll(List.of(next.getSuppressed()));
            }
        }
        final String message = deepest.getMessage();
        return oneLine(message == null ? deepest.getClass().getName() : message);
    }

    private static String oneLine(final String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
