package io.fizeau.results.table;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.Summary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row that was measured over a bad link. Summaries are over forks, and absent (count 0) where nothing was measured.
 *
 * @param kind what was asked of the transport.
 * @param key the benchmark and its parameters.
 * @param spec the transport.
 * @param loop open or closed; empty where there is only one.
 * @param impairment what the link did, as the parameter says it.
 * @param tcp what was pinned of TCP; empty if nothing was.
 * @param figures name to summary; those of {@link Kind}, in their order.
 * @param theory which formula the theory is; empty if none describes the row.
 * @param reasons why it is invalid.
 * @param remarks what a reader should know all the same.
 */
public record LinkLine(
        Kind kind,
        RowKey key,
        String spec,
        String loop,
        String impairment,
        String tcp,
        Map<String, Summary> figures,
        String theory,
        List<String> reasons,
        List<String> remarks) {
    /** What was asked of the transport. */
    public enum Kind {
        /** How long messages take, and those that a loss hit. */
        RECOVERY,
        /** How much arrives. */
        GOODPUT,
        /** How soon it goes on when the link comes back. */
        BLACKOUT
    }

    /** In nanoseconds: of all messages. */
    static final String P50 = "p50Ns";

    static final String P99 = "p99Ns";
    static final String MAX = "maxNs";

    /** Of all messages, the share that a loss is estimated to have hit. */
    static final String HIT_SHARE = "hitShare";

    /** In nanoseconds: by how much those took longer. */
    static final String HIT_P50 = "hitExtraP50Ns";

    static final String HIT_P99 = "hitExtraP99Ns";

    /** What was sent again. */
    static final String RESENT = "retransmissions";

    /** What was sent again for nothing. */
    static final String SPURIOUS = "spurious";

    /** In megabits of payload a second. */
    static final String GOODPUT = "goodputMbit";

    static final String WIRE = "wireBytesPerPayloadByte";

    /** In nanoseconds: from the link's return. */
    static final String FIRST = "firstDeliveryNs";

    static final String RECOVERED = "recoveredNs";

    /** In the unit of what it is laid over. */
    static final String THEORY = "theory";

    /** Measured over theory. */
    static final String OVER_THEORY = "overTheory";

    /** Copies the collections. */
    public LinkLine {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /** {@return a figure, absent if the line has none of that name} */
    Summary figure(final String name) {
        return figures.getOrDefault(name, Summary.of());
    }
}
