package io.fizeau.bench.against;

import io.fizeau.bench.plan.BenchmarkEntries;
import io.fizeau.bench.runfolder.BuildFacts;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * Another build of the benchmarks, as a jar. Immutable.
 *
 * @param asked what the user calls it.
 * @param jar its {@code benchmarks.jar}.
 * @param facts which build it is.
 * @param benchmarks full name to what JMH's generator wrote down of it.
 */
public record OtherBuild(String asked, Path jar, BuildFacts facts, Map<String, BenchmarkListEntry> benchmarks) {
    /** What JMH in this process has a fork load; the rest a fork needs follows from the benchmark. */
    private static final List<String> NEEDED = List.of(
            "io.fizeau.bench.jmh.LatencyProfiler",
            "io.fizeau.bench.jmh.NoiseProfiler",
            "io.fizeau.bench.jmh.ServerProfiler");

    private static final String JMH = "jmh";

    /** Makes the map unmodifiable. */
    public OtherBuild {
        benchmarks = Collections.unmodifiableMap(new LinkedHashMap<>(benchmarks));
    }

    /**
     * A jar that somebody has.
     *
     * @param asked what the user calls it.
     * @param jar the file.
     * @return the build; of its commit nothing is known.
     * @throws TransportException if it is not there, or is no benchmarks jar that forks of this build's JMH can have.
     */
    public static OtherBuild ofJar(final String asked, final Path jar) {
        final String why = HostFiles.UNAVAILABLE + "a jar does not tell";
        return of(asked, jar, why, why);
    }

    /**
     * A jar whose sources are known.
     *
     * @param asked what the user calls it.
     * @param jar the file.
     * @param gitCommit the commit that it was built from, or why that is not known.
     * @param gitDirty whether its sources differed from that commit, or why that is not known.
     * @return the build.
     * @throws TransportException if it is not there, or is no benchmarks jar that forks of this build's JMH can have.
     */
    static OtherBuild of(final String asked, final Path jar, final String gitCommit, final String gitDirty) {
        final Path absolute = jar.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute)) {
            throw refuse(asked, "is not there: " + absolute + " is no file", null);
        }
        try {
            final Map<String, BenchmarkListEntry> benchmarks = BenchmarkEntries.of(absolute);
            if (benchmarks.isEmpty()) {
                throw refuse(
                        asked,
                        "is no benchmarks jar: it lists no benchmarks of JMH; such a jar is bench/target/benchmarks.jar",
                        null);
            }
            final BuildFacts facts = BuildFacts.ofJar(absolute, gitCommit, gitDirty);
            for (final String name : NEEDED) {
                if (!has(absolute, name)) {
                    throw refuse(
                            asked, "is older than what it would be compared with can measure: it has no " + name, null);
                }
            }
            return new OtherBuild(asked, absolute, facts, benchmarks);
        } catch (final IOException e) {
            throw refuse(asked, "is not a whole jar: " + e.getMessage(), e);
        }
    }

    /**
     * Compares what it is made of with this build.
     *
     * @param ours this build's facts.
     * @throws TransportException if its JMH is another one, so that the two would not understand each other.
     */
    public void requireSameJmh(final BuildFacts ours) {
        final String here = ours.dependencies().getOrDefault(JMH, "");
        final String there = facts.dependencies().getOrDefault(JMH, "");
        if (!here.equals(there)) {
            throw refuse(asked, "has JMH " + there + " and this build JMH " + here + ": they do not go together", null);
        }
    }

    private static boolean has(final Path jar, final String className) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(className.replace('.', '/') + ".class") != null;
        }
    }

    static TransportException refuse(final String asked, final String why, final @Nullable Throwable cause) {
        final String message = "--against " + asked + ' ' + why;
        return cause == null
                ? TransportException.badRequest(message)
                : new TransportException(TransportException.NextStep.STOP, message, cause);
    }
}
