package io.fizeau.bench.instrument;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the table of a run says, as {@code results} writes it for programs. Immutable. */
public final class ResultsTable {
    /** What a reason that is the machine's starts with. */
    public static final String NOISE = "noise:";

    private final JsonNode root;

    ResultsTable(final JsonNode root) {
        this.root = root;
    }

    /**
     * Why rows of the run are invalid, over all rows.
     *
     * @return the reasons, in the table's words; empty if each row is valid.
     */
    public List<String> reasons() {
        final List<String> reasons = new ArrayList<>();
        for (final JsonNode row : root.findParents("reasons")) {
            row.get("reasons").forEach(reason -> reasons.add(reason.asText()));
        }
        return List.copyOf(reasons);
    }

    /**
     * Whether the table tells a latency of any row of an open loop.
     *
     * @return false if there is none.
     */
    public boolean claimsLatency() {
        for (final JsonNode row : root.path("openLoop")) {
            for (final String point : List.of("p50Ns", "p99Ns", "p999Ns", "maxNs")) {
                if (row.path(point).path("median").isNumber()) {
                    return true;
                }
            }
        }
        return false;
    }
}
