package io.fizeau.bench.settings;

import io.fizeau.transports.datagram.trace.TraceSettings;
import java.util.List;

/**
 * The flags of every JVM that takes part in a measurement: JMH's forks, by their annotations, and the server's process. The same
 * at both ends, so that neither is favoured. Not instantiable.
 */
public final class BenchmarkJvm {
    /** Agrona reaches into this package. */
    public static final String ADD_OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** From JDK 24 on native calls warn without it; 17 knows it too. */
    public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    /** No collector threads that take turns with pinned ones: nothing that is measured should allocate. */
    public static final String COLLECTOR = "-XX:+UseSerialGC";

    /** A heap that neither grows nor shrinks. */
    public static final String HEAP_MIN = "-Xms512m";

    /** As {@link #HEAP_MIN}. */
    public static final String HEAP_MAX = "-Xmx512m";

    /** Of benchmarks that ask which messages a loss hit: protocols that can trace do, in memory. Costs 10 ns or so for each event. */
    public static final String TRACES = "-D" + TraceSettings.RECORDS + "=524288";

    private BenchmarkJvm() {}

    /**
     * All of them.
     *
     * @return an unmodifiable list, in the order of the command line.
     */
    public static List<String> flags() {
        return List.of(ADD_OPENS, NATIVE_ACCESS, COLLECTOR, HEAP_MIN, HEAP_MAX);
    }
}
