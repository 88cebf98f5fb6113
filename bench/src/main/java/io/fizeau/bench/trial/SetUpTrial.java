package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.many.ConnectionSetUps;

/** Both ends of a trial in which connections are made all the time. Used by one thread, the one that measures. */
public final class SetUpTrial implements AutoCloseable {
    /** The label of the distribution of the time until a connection is open at this end. */
    public static final String OPENED = "opened";

    private static final int VERIFIED = 20;

    private final TrialEnds ends;
    private final ConnectionSetUps setUps;

    private SetUpTrial(final TrialEnds ends, final int underWay) {
        this.ends = ends;
        this.setUps = ConnectionSetUps.over(ends.end(1), underWay);
        setUps.advance(VERIFIED);
    }

    /**
     * Opens both ends, and makes some connections.
     *
     * @param settings the trial's.
     * @param underWay how many are being made at once.
     * @return the trial, which the caller closes.
     * @throws TransportException if something cannot be done; nothing is left running then.
     */
    public static SetUpTrial open(final TrialSettings settings, final int underWay) {
        ManyParams.check(ManyParams.UNDER_WAY, underWay, settings.server());
        final TrialEnds ends = TrialEnds.open(settings);
        try {
            return new SetUpTrial(ends, underWay);
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /** Starts to count anew. */
    public void beginIteration() {
        setUps.reset();
        ends.beginIteration();
    }

    /**
     * Until so many more connections were made, used and closed since the last call.
     *
     * @param connections how many; what was made beyond the last call's number counts for this one.
     * @return how many there were so far.
     */
    public long advance(final int connections) {
        return setUps.advance(connections);
    }

    /** Leaves the figures for the profilers. */
    public void endIteration() {
        ends.endMessages();
        final LatencyDistribution answered = setUps.takeAnswered();
        LatencyFigures.ofClosed(answered, ends.cost(answered.count(), Double.NaN))
                .with(OPENED, setUps.takeOpened())
                .leave();
        ends.endIteration();
    }

    @Override
    public void close() {
        setUps.close();
        ends.close();
    }
}
