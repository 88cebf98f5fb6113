package io.fizeau.bench.jmh;

import io.fizeau.core.account.LedgerCounts;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.SlowestMessages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark has recorded in an iteration, left for {@link LatencyProfiler} to find. It holds figures, never a connection,
 * because JMH closes the trial before it asks the profilers for the last time. Immutable; the place where it is left is one per
 * fork and thread-safe.
 *
 * @param distributions label to latencies, in the order to be shown.
 * @param counts what became of each message; {@link LedgerCounts#NONE} for a closed loop, in which none can be lost.
 * @param slowest the slowest messages.
 * @param figures other rows, such as what a message cost and what the protocol did.
 */
public record LatencyFigures(
        Map<String, LatencyDistribution> distributions,
        LedgerCounts counts,
        List<SlowestMessages.Slow> slowest,
        List<Figure> figures) {
    /** From when a message was due to its answer. */
    public static final String RESPONSE = "response";

    /** From when its send began to its answer. */
    public static final String SERVICE = "service";

    /** Of the polls of the client's threads that take answers, the share that found something. */
    public static final String USEFUL_POLLS = "client:polls.useful";

    /** Processor time of the client's threads for each message. */
    public static final String CLIENT_CPU = "client:cpu.norm";

    /** What the client's threads allocated for each message. */
    public static final String CLIENT_ALLOCATION = "client:alloc.norm";

    /** How long it waited for the sending thread. */
    public static final String LATENESS = "lateness";

    /** How long it waited for the transport to take it. */
    public static final String SEND = "send";

    /** From when the transport had taken it to its answer. */
    public static final String FLIGHT = "flight";

    private static final AtomicReference<@Nullable LatencyFigures> LAST = new AtomicReference<>();

    /** Copies the collections. */
    public LatencyFigures {
        distributions = new LinkedHashMap<>(distributions);
        slowest = List.copyOf(slowest);
        figures = List.copyOf(figures);
    }

    /**
     * The same with more rows.
     *
     * @param more rows, behind those that are there.
     * @return new figures.
     */
    public LatencyFigures with(final List<Figure> more) {
        final List<Figure> all = new ArrayList<>(figures);
        all.addAll(more);
        return new LatencyFigures(distributions, counts, slowest, all);
    }

    /**
     * The same with one distribution more.
     *
     * @param label its name.
     * @param distribution the values, in nanoseconds; if there are none, nothing is added.
     * @return new figures.
     */
    public LatencyFigures with(final String label, final LatencyDistribution distribution) {
        if (distribution.count() == 0) {
            return this;
        }
        final Map<String, LatencyDistribution> all = new LinkedHashMap<>(distributions);
        all.put(label, distribution);
        return new LatencyFigures(all, counts, slowest, figures);
    }

    /**
     * Of an open loop.
     *
     * @param report what the phase has shown.
     * @param cost what it cost.
     * @return the figures.
     */
    public static LatencyFigures of(final PhaseReport report, final List<Figure> cost) {
        final Map<String, LatencyDistribution> distributions = new LinkedHashMap<>();
        distributions.put(RESPONSE, report.response());
        distributions.put(SERVICE, report.service());
        distributions.put(LATENESS, report.generatorLateness());
        distributions.put(SEND, report.sendLag());
        distributions.put(FLIGHT, report.flight());
        return new LatencyFigures(distributions, report.counts(), report.slowest(), cost);
    }

    /**
     * Of a closed loop.
     *
     * @param service the round trips; none where they were timed in batches.
     * @param cost what they cost.
     * @return the figures.
     */
    public static LatencyFigures ofClosed(final LatencyDistribution service, final List<Figure> cost) {
        return new LatencyFigures(
                service.count() == 0 ? Map.of() : Map.of(SERVICE, service), LedgerCounts.NONE, List.of(), cost);
    }

    /**
     * Of a loop that records no latencies.
     *
     * @param cost what it cost.
     * @return the figures.
     */
    public static LatencyFigures ofCost(final List<Figure> cost) {
        return new LatencyFigures(Map.of(), LedgerCounts.NONE, List.of(), cost);
    }

    /** Leaves these figures of the iteration that has just ended. */
    public void leave() {
        LAST.set(this);
    }

    /**
     * Takes what was left last.
     *
     * @return the figures, or null if none were left since the last call.
     */
    static @Nullable LatencyFigures take() {
        return LAST.getAndSet(null);
    }
}
