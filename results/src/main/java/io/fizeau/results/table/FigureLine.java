package io.fizeau.results.table;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.PairedRatio;
import io.fizeau.results.stats.Summary;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a suite that has figures of its own: of connections, or of what security adds. Summaries are over forks, and absent (count 0)
 * where nothing was measured.
 *
 * @param kind what was asked of the transport.
 * @param key the benchmark and its parameters.
 * @param spec the transport.
 * @param regime spinning or blocking, which are not to be compared with each other.
 * @param against the transport that it is compared with: itself without security and layers; empty if it is compared with none.
 * @param figures name to summary; those of {@link Kind}, in their order.
 * @param ratio of the median round trip, or of the rate, to that of {@code against}, paired by round; without pairs if there is none.
 * @param reasons why it is invalid.
 * @param remarks what a reader should know all the same.
 */
public record FigureLine(
        Kind kind,
        RowKey key,
        String spec,
        String regime,
        String against,
        Map<String, Summary> figures,
        PairedRatio ratio,
        List<String> reasons,
        List<String> remarks) {
    /** What was asked of the transport. */
    public enum Kind {
        /** How long until a new connection has its first answer. */
        SET_UP("ConnectionBenchmark.setUp"),
        /** How many new connections a second. */
        HANDSHAKES("ConnectionBenchmark.handshakes"),
        /** What many connections do at once. */
        ECHOED("ConnectionBenchmark.echoed"),
        /** How long until all receivers have a message. */
        FANNED_OUT("ConnectionBenchmark.fannedOut"),
        /** What security adds to a round trip. */
        SECURED("SecurityBenchmark.closed"),
        /** What it adds to a message of many. */
        SECURED_ONE_WAY("SecurityBenchmark.oneWay");

        private final String benchmark;

        Kind(final String benchmark) {
            this.benchmark = benchmark;
        }

        /** {@return the kind that a row is of; empty if it is of another suite} */
        static Optional<Kind> of(final RowKey key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.benchmark.equals(key.simpleName()))
                    .findFirst();
        }

        /** {@return whether it is measured beside itself without security} */
        boolean isPaired() {
            return this == SECURED || this == SECURED_ONE_WAY;
        }
    }

    /** In nanoseconds: until a connection is open at the end that connects. */
    static final String OPENED_P50 = "openedP50Ns";

    /** In nanoseconds: of the answer that is waited for, or of the last receiver's copy. */
    static final String P50 = "p50Ns";

    static final String P99 = "p99Ns";

    /** In nanoseconds: of the copy of any receiver. */
    static final String COPY_P50 = "copyP50Ns";

    /** Connections or messages a second. */
    static final String RATE = "perSecond";

    /** In bytes for each connection, live on the Java heap and resident outside of it. */
    static final String CLIENT_HEAP = "clientHeapBytes";

    static final String CLIENT_OUTSIDE = "clientOutsideBytes";
    static final String SERVER_HEAP = "serverHeapBytes";
    static final String SERVER_OUTSIDE = "serverOutsideBytes";

    /** In nanoseconds for each message or new connection. */
    static final String CLIENT_CPU = "clientCpuNs";

    static final String SERVER_CPU = "serverCpuNs";

    /** In bytes for each message or new connection. */
    static final String CLIENT_ALLOCATED = "clientBytesPerOp";

    static final String SERVER_ALLOCATED = "serverBytesPerOp";

    /** In nanoseconds, paired by round: what is added to the median round trip, or to a message of many. */
    static final String ADDED = "addedNs";

    /** Copies the collections. */
    public FigureLine {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /** {@return a figure, absent if the line has none of that name} */
    Summary figure(final String name) {
        return figures.getOrDefault(name, Summary.of());
    }
}
