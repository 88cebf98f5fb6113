package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.load.many.FanOut;

/** Both ends of a trial in which one server sends to many receivers. Used by one thread, the one that measures. */
public final class FanOutTrial implements AutoCloseable {
    /** The label of the distribution of the time until each copy is here. */
    public static final String COPY = "copy";

    private static final int VERIFIED_MESSAGES = 5;

    private final TrialEnds ends;
    private final FanOut fanOut;

    private FanOutTrial(final TrialEnds ends, final int receivers) {
        this.ends = ends;
        this.fanOut = FanOut.connect(ends.end(1), receivers);
        try {
            fanOut.verify(VERIFIED_MESSAGES);
        } catch (final RuntimeException | Error e) {
            fanOut.close();
            throw e;
        }
    }

    /**
     * Opens both ends, connects, and checks every byte of some messages.
     *
     * @param settings the trial's.
     * @param receivers how many connections get each message.
     * @return the trial, which the caller closes.
     * @throws TransportException if something cannot be done; nothing is left running then.
     */
    public static FanOutTrial open(final TrialSettings settings, final int receivers) {
        ManyParams.check(ManyParams.RECEIVERS, receivers, settings.server());
        final TrialEnds ends = TrialEnds.open(settings);
        try {
            return new FanOutTrial(ends, receivers);
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /** Starts to count anew. */
    public void beginIteration() {
        fanOut.begin(Check.SEQUENCE);
        ends.beginIteration();
    }

    /**
     * One message to all receivers, and waits until all have it.
     *
     * @return its sequence.
     */
    public long publish() {
        return fanOut.publish();
    }

    /** Leaves the figures for the profilers, and fails if either end saw a wrong message. */
    public void endIteration() {
        ends.endMessages();
        final PhaseCounts counts = fanOut.end();
        LatencyFigures.ofClosed(fanOut.takeLast(), ends.cost(counts.sent(), Double.NaN))
                .with(COPY, fanOut.takeEach())
                .leave();
        ends.endIteration();
    }

    /** Checks every byte once more. */
    public void verify() {
        fanOut.verify(VERIFIED_MESSAGES);
    }

    @Override
    public void close() {
        fanOut.close();
        ends.close();
    }
}
