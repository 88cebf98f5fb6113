package io.fizeau.bench.rounds;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Whose classes a fork has, and its server, which the fork starts from its own class path. Immutable.
 *
 * <p>JMH in this process chooses and times the iterations of any fork, reads its results and speaks with it over a socket, all with
 * the classes of this build. So a fork of another build must know the same benchmarks and the same form of results.
 *
 * @param classPath the class path, or empty for that of this process.
 * @param jvmArguments benchmark to the flags of its JVM, as its annotations have them; of a benchmark that is not in here, those of
 *     this build hold.
 */
public record ForkBuild(String classPath, Map<String, List<String>> jvmArguments) {
    /** This process's own. */
    public static final ForkBuild OURS = new ForkBuild("", Map.of());

    private static final String CLASS_PATH = "java.class.path";

    /** Makes the map unmodifiable. */
    public ForkBuild {
        jvmArguments = Collections.unmodifiableMap(new LinkedHashMap<>(jvmArguments));
    }

    /**
     * The flags of a benchmark's JVM.
     *
     * @param benchmark its full name.
     * @return flags, maybe none; empty if those of this build hold.
     */
    Optional<List<String>> jvmArguments(final String benchmark) {
        return Optional.ofNullable(jvmArguments.get(benchmark));
    }

    /** Runs JMH, which starts its fork with what is in this property at that time. */
    RunResult call(final Forking forking) throws RunnerException {
        if (classPath.isEmpty()) {
            return forking.run();
        }
        final String ours = System.getProperty(CLASS_PATH);
        System.setProperty(CLASS_PATH, classPath);
        try {
            return forking.run();
        } finally {
            System.setProperty(CLASS_PATH, ours);
        }
    }

    /** What starts a fork and waits for its end. */
    interface Forking {
        /** Runs it. */
        RunResult run() throws RunnerException;
    }
}
