package io.fizeau.bench.plan;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.transport.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The row in which several client threads share the connections. All numbers of connections with all numbers of threads would be twice
 * as many rows, and one connection cannot be shared. Stateless.
 */
final class SharedConnections {
    private static final String THREADS = "2";
    private static final int MOST_CONNECTIONS = 1_000;

    private SharedConnections() {}

    /**
     * The rows of a benchmark, and one more if it has client threads.
     *
     * @param request who chooses one of the two numbers gets the rows of these numbers alone.
     * @param combinations parameters of the rows.
     * @param transport what they measure; one whose connections are each polled by a thread of its own shares nothing.
     * @return the same, and after them the one with the most connections, up to a thousand, and two threads.
     */
    static List<Map<String, String>> added(
            final RunRequest request,
            final List<Map<String, String>> combinations,
            final ConfiguredTransport transport) {
        final List<String> given = request.jmh().paramNames();
        if (given.contains(Params.CLIENT_THREADS)
                || given.contains(Params.CONNECTIONS)
                || transport.guarantees().has(Guarantee.POLLED_PER_CONNECTION)) {
            return combinations;
        }
        final int most = combinations.stream()
                .filter(row -> row.containsKey(Params.CLIENT_THREADS))
                .mapToInt(Params::connections)
                .filter(connections -> connections > 1 && connections <= MOST_CONNECTIONS)
                .max()
                .orElse(0);
        final List<Map<String, String>> more = new ArrayList<>(combinations);
        for (final Map<String, String> row : combinations) {
            if (most > 0 && Params.connections(row) == most) {
                final Map<String, String> shared = new LinkedHashMap<>(row);
                shared.put(Params.CLIENT_THREADS, THREADS);
                more.add(shared);
            }
        }
        return more;
    }
}
