package io.fizeau.bench.plan;

import java.util.Arrays;
import java.util.Locale;

/** The benchmarks that {@code --suites} knows by a short name. */
public enum Suite {
    /** One message in flight, each round trip timed. */
    ROUNDTRIP("RoundTripBenchmark.closed"),
    /** One message in flight, timed in batches: for round trips near the clock's tick. */
    BATCH("RoundTripBenchmark.closedBatch"),
    /** Messages on a schedule, their latency counted from when they were due. */
    OPENLOOP("OpenLoopBenchmark"),
    /** One way, counted at the receiver. */
    THROUGHPUT("ThroughputBenchmark.oneWay"),
    /** The clock, and hand-written loops. */
    BASELINE("BaselineBenchmark"),
    /** Over a bad link: latencies with loss in them, on a schedule and one message at a time. */
    LOSSES("LossRecoveryBenchmark"),
    /** Over a bad link: bits of payload a second. */
    GOODPUT("GoodputBenchmark"),
    /** Over a bad link that goes and comes back. */
    BLACKOUT("BlackoutBenchmark"),
    /** New connections, many connections, one server to many receivers. */
    CONNECTIONS("ConnectionBenchmark"),
    /** What TLS, sealing and checksums add, each beside the same transport without. */
    SECURITY("SecurityBenchmark");

    private final String benchmark;

    Suite(final String benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * Its name on the command line.
     *
     * @return lower case.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it measures over a bad link.
     *
     * @return true if its rows have an impairment.
     */
    public boolean isOverLink() {
        return this == LOSSES || this == GOODPUT || this == BLACKOUT;
    }

    /**
     * Whether it is about some transports only, which its benchmarks name as their parameter's defaults.
     *
     * @return true if the default set of transports is not the suite's.
     */
    public boolean hasOwnTransports() {
        return isOverLink() || this == CONNECTIONS || this == SECURITY;
    }

    /**
     * The suite that a benchmark belongs to.
     *
     * @param fullName package, class and method.
     * @return the suite, or {@link #ROUNDTRIP} for one that is in none.
     */
    public static Suite of(final String fullName) {
        Suite suite = ROUNDTRIP;
        for (final Suite candidate : values()) {
            suite = candidate.holds(fullName) ? candidate : suite;
        }
        return suite;
    }

    /**
     * Whether a benchmark belongs to it.
     *
     * @param fullName package, class and method.
     * @return true if it does.
     */
    public boolean holds(final String fullName) {
        return named(fullName, benchmark);
    }

    /**
     * The names of all.
     *
     * @return joined by commas.
     */
    public static String known() {
        return String.join(", ", Arrays.stream(values()).map(Suite::label).toList());
    }

    /**
     * Whether a benchmark is meant by {@code Class} or {@code Class.method}.
     *
     * @param fullName package, class and method.
     * @param name a class, or a class and a method, without the package.
     * @return true if it is.
     */
    static boolean named(final String fullName, final String name) {
        return fullName.endsWith('.' + name) || fullName.contains('.' + name + '.');
    }
}
