package io.fizeau.bench.plan;

import java.util.Map;
import java.util.Objects;

/** The parameters of benchmarks that the command line sets by options of its own. */
final class Params {
    static final String TRANSPORT = "transport";
    static final String MESSAGE_BYTES = "messageBytes";
    static final String SERVER = "server";
    static final String SENDS = "sends";
    static final String RATE = "rate";
    static final String CONNECTIONS = "connections";
    static final String CLIENT_THREADS = "clientThreads";
    static final String IMPAIR = "impair";
    static final String CONGESTION = "congestion";
    static final String RTO_MIN = "rtoMin";

    /** Parameter to the option that sets it. */
    static final Map<String, String> OPTIONS = Map.of(
            TRANSPORT,
            "--transports",
            MESSAGE_BYTES,
            "--sizes",
            RATE,
            "--rates",
            SERVER,
            "--server",
            IMPAIR,
            "--impair");

    private Params() {}

    /** How many connections a row has; 0 where that is no parameter of it. */
    static int connections(final Map<String, String> row) {
        return Integer.parseInt(Objects.requireNonNull(row.getOrDefault(CONNECTIONS, "0")));
    }
}
