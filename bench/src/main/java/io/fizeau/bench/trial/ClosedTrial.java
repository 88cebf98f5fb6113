package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.load.PhaseCounts;

/** Both ends of a trial with one message under way. Used by one thread, the one that measures. */
public final class ClosedTrial implements AutoCloseable {
    private static final int VERIFIED_MESSAGES = 200;

    private final TrialEnds ends;
    private final ClosedLoop loop;

    private ClosedTrial(final TrialEnds ends) {
        this.ends = ends;
        this.loop = ends.connectClosedLoop();
        loop.verify(VERIFIED_MESSAGES);
    }

    /**
     * Opens both ends, and checks every byte of some messages.
     *
     * @param settings the trial's.
     * @return the trial, which the caller closes.
     * @throws TransportException if something cannot be done; nothing is left running then.
     */
    public static ClosedTrial open(final TrialSettings settings) {
        final TrialEnds ends = TrialEnds.open(settings);
        try {
            return new ClosedTrial(ends);
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /**
     * The loop, for the hot path.
     *
     * @return a connected loop, the same for the whole trial.
     */
    public ClosedLoop loop() {
        return loop;
    }

    /** Starts to count anew. */
    public void beginIteration() {
        loop.begin(Check.SEQUENCE);
        ends.beginIteration();
    }

    /** Leaves the figures for the profilers; fails if either end saw a wrong message. */
    public void endIteration() {
        final PhaseCounts counts = loop.end();
        ends.endMessages();
        LatencyFigures.ofClosed(loop.takeService(), ends.cost(counts.arrived(), loop.usefulPollShare()))
                .leave();
        ends.endIteration();
    }

    /** Checks every byte of some messages once more, and closes both ends. */
    @Override
    public void close() {
        try {
            loop.verify(VERIFIED_MESSAGES);
        } finally {
            ends.close();
        }
    }
}
