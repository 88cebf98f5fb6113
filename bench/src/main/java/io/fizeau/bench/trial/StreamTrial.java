package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.CreditedStream;
import io.fizeau.core.load.PhaseCounts;

/** Both ends of a trial with messages one way. Used by one thread, the one that measures. */
public final class StreamTrial implements AutoCloseable {
    private static final int VERIFIED_MESSAGES = 1_000;

    private final TrialEnds ends;
    private final CreditedStream stream;

    private StreamTrial(final TrialEnds ends) {
        this.ends = ends;
        this.stream = ends.connectStream();
        stream.verify(VERIFIED_MESSAGES);
    }

    /**
     * Opens both ends, and checks every byte of some messages.
     *
     * @param settings the trial's.
     * @return the trial, which the caller closes.
     * @throws TransportException if something cannot be done; nothing is left running then.
     */
    public static StreamTrial open(final TrialSettings settings) {
        final TrialEnds ends = TrialEnds.open(settings);
        try {
            return new StreamTrial(ends);
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /**
     * The stream, for the hot path.
     *
     * @return a connected stream, the same for the whole trial.
     */
    public CreditedStream stream() {
        return stream;
    }

    /** Starts to count anew. */
    public void beginIteration() {
        stream.begin(Check.SEQUENCE);
        ends.beginIteration();
    }

    /**
     * Waits for what is under way and leaves the figures for the profilers; fails if a wrong message arrived, or one is missing that was
     * promised.
     *
     * @return what became of the messages.
     */
    public PhaseCounts endIteration() {
        final PhaseCounts counts = stream.end();
        ends.endMessages();
        LatencyFigures.ofCost(ends.cost(counts.arrived(), Double.NaN)).leave();
        ends.endIteration();
        return counts;
    }

    /** Checks every byte of some messages once more, and closes both ends. */
    @Override
    public void close() {
        try {
            stream.verify(VERIFIED_MESSAGES);
        } finally {
            ends.close();
        }
    }
}
