package io.fizeau.bench.against;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.bench.kit.BuildStatement;
import io.fizeau.bench.plan.BenchmarkEntries;
import io.fizeau.bench.plan.Row;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.rounds.ForkBuild;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.error.TransportException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * Another build that was found able to measure the rows of a plan: it has the same benchmarks with the same parameters, has their transports,
 * and hands over results in the same form. Used by one thread.
 */
public final class OtherSide {
    private static final long ANSWER_S = 30;
    private static final long KIT_S = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OtherBuild build;
    private final ForkBuild forks;
    private final BuildQuestion question;
    private final Map<String, Map<String, Object>> transports;
    private final List<String> notes;

    private OtherSide(
            final OtherBuild build,
            final ForkBuild forks,
            final BuildQuestion question,
            final Map<String, Map<String, Object>> transports,
            final List<String> notes) {
        this.build = build;
        this.forks = forks;
        this.question = question;
        this.transports = transports;
        this.notes = List.copyOf(notes);
    }

    /**
     * Examines a build before anything is measured. Takes the start of a JVM, half a second.
     *
     * @param build the build.
     * @param plugins jars that both sides have.
     * @param plan what is to be measured.
     * @return the side.
     * @throws TransportException if it cannot measure one of the rows; the message names the first.
     */
    public static OtherSide of(final OtherBuild build, final List<Path> plugins, final RunPlan plan) {
        final List<String> notes = new ArrayList<>();
        checkBenchmarks(build, plan.rows(), notes);
        final StringBuilder classPath = new StringBuilder(build.jar().toString());
        plugins.forEach(jar -> classPath
                .append(File.pathSeparatorChar)
                .append(jar.toAbsolutePath().normalize()));
        final BuildQuestion question = new BuildQuestion(build.asked(), classPath.toString());
        final List<String> specs = plan.transports().stream()
                .map(transport -> transport.spec().text())
                .toList();
        final List<String> words = new ArrayList<>(List.of(BuildStatement.TRANSPORTS));
        words.addAll(specs);
        final Map<String, Object> answer = question.ask(ANSWER_S, test -> {}, words);
        if (!BuildStatement.form().equals(answer.get("form"))) {
            throw OtherBuild.refuse(
                    build.asked(), "hands over its latencies in another form than this build reads", null);
        }
        final Map<String, Map<String, Object>> transports = JSON.convertValue(
                answer.get(BuildStatement.TRANSPORTS), new TypeReference<Map<String, Map<String, Object>>>() {});
        for (final String spec : specs) {
            checkTransport(build.asked(), spec, transports.getOrDefault(spec, Map.of("error", "no answer")));
        }
        return new OtherSide(
                build, new ForkBuild(classPath.toString(), jvmArguments(build)), question, transports, notes);
    }

    /**
     * Which build it is.
     *
     * @return what a manifest says of it.
     */
    public BuildFacts facts() {
        return build.facts();
    }

    /**
     * Whose classes its forks have.
     *
     * @return the build's, with the flags that its own annotations name.
     */
    public ForkBuild forks() {
        return forks;
    }

    /**
     * What whoever compares should know.
     *
     * @return lines, maybe none.
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * What it says of a transport.
     *
     * @param spec one of the plan's.
     * @return as {@link BuildStatement#transport}.
     */
    public Map<String, Object> transport(final String spec) {
        return Objects.requireNonNull(transports.get(spec), spec);
    }

    /**
     * Has it run its own conformance kit.
     *
     * @param spec one of the plan's transports.
     * @param onTest is given the name of each test that ends.
     * @return its verdict.
     * @throws TransportException if the kit cannot run.
     */
    public Manifest.Kit kit(final String spec, final Consumer<String> onTest) {
        return JSON.convertValue(question.ask(KIT_S, onTest, List.of(BuildStatement.KIT, spec)), Manifest.Kit.class);
    }

    private static void checkBenchmarks(final OtherBuild build, final List<Row> rows, final List<String> notes) {
        final Map<String, BenchmarkListEntry> ours = BenchmarkEntries.installed();
        final Set<String> said = new LinkedHashSet<>();
        for (final Row row : rows) {
            final BenchmarkListEntry here = Objects.requireNonNull(ours.get(row.benchmark()), row.benchmark());
            final BenchmarkListEntry there = build.benchmarks().get(row.benchmark());
            final String name = shortName(row.benchmark());
            if (there == null) {
                throw OtherBuild.refuse(
                        build.asked(),
                        "has no benchmark " + name + ": choose others with --suites; it has "
                                + String.join(
                                        ", ",
                                        build.benchmarks().keySet().stream()
                                                .map(OtherSide::shortName)
                                                .toList()),
                        null);
            }
            final String difference = difference(here, there);
            if (!difference.isEmpty()) {
                throw OtherBuild.refuse(build.asked(), "measures something else by " + name + ": " + difference, null);
            }
            said.addAll(checkParams(build, row, here, there));
        }
        notes.addAll(said);
    }

    /** What a fork is told by this build's list though its own code was generated for the other's. */
    private static String difference(final BenchmarkListEntry here, final BenchmarkListEntry there) {
        if (here.getMode() != there.getMode()) {
            return "mode " + there.getMode() + " there, " + here.getMode() + " here";
        }
        if (!here.generatedTarget().equals(there.generatedTarget())) {
            return "another generated class";
        }
        if (!text(here.getTimeUnit()).equals(text(there.getTimeUnit()))) {
            return "time unit " + text(there.getTimeUnit()) + " there, " + text(here.getTimeUnit()) + " here";
        }
        if (!text(here.getOperationsPerInvocation()).equals(text(there.getOperationsPerInvocation()))) {
            return text(there.getOperationsPerInvocation()) + " operations a call there, "
                    + text(here.getOperationsPerInvocation()) + " here";
        }
        return "";
    }

    private static List<String> checkParams(
            final OtherBuild build, final Row row, final BenchmarkListEntry here, final BenchmarkListEntry there) {
        final Map<String, String[]> ours = here.getParams().orElse(Map.of());
        final Map<String, String[]> theirs = there.getParams().orElse(Map.of());
        final String name = shortName(row.benchmark());
        for (final String param : theirs.keySet()) {
            if (!ours.containsKey(param)) {
                throw OtherBuild.refuse(
                        build.asked(),
                        "has a parameter " + param + " of " + name + " that this build does not have",
                        null);
            }
        }
        final List<String> notes = new ArrayList<>();
        for (final Map.Entry<String, String[]> param : ours.entrySet()) {
            final String value = row.params().get(param.getKey());
            if (!theirs.containsKey(param.getKey())) {
                if (!List.of(value).equals(Arrays.asList(param.getValue()))) {
                    throw OtherBuild.refuse(
                            build.asked(),
                            "has no parameter " + param.getKey() + " of " + name + ", and this run sets it to " + value,
                            null);
                }
                notes.add("Base has no parameter " + param.getKey() + " of " + name
                        + "; the candidate has its default, " + value);
            }
        }
        return notes;
    }

    private static void checkTransport(final String asked, final String spec, final Map<String, Object> statement) {
        final Object error = statement.get("error");
        if (error != null) {
            throw OtherBuild.refuse(asked, "does not have the transport " + spec + ": " + error, null);
        }
        if (!Boolean.TRUE.equals(statement.get("available"))) {
            throw OtherBuild.refuse(asked, "cannot run " + spec + " here: " + statement.get("reason"), null);
        }
    }

    /** Without these, forks of the other build would have the flags that this build's annotations name. */
    private static Map<String, List<String>> jvmArguments(final OtherBuild build) {
        final Map<String, List<String>> arguments = new LinkedHashMap<>();
        build.benchmarks().forEach((name, entry) -> {
            final Collection<String> flags = entry.getJvmArgs().orElse(List.of());
            if (!flags.isEmpty()) {
                arguments.put(name, List.copyOf(flags));
            }
        });
        return arguments;
    }

    private static String text(final org.openjdk.jmh.util.Optional<?> value) {
        return value.hasValue() ? String.valueOf(value.get()) : "not given";
    }

    private static String shortName(final String benchmark) {
        final int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }
}
