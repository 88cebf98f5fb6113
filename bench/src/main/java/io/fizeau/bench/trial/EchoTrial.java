package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.load.many.ClientEnd;
import io.fizeau.core.load.many.EchoingConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Both ends of a trial with many connections that echo. Used by one thread, the one that measures. */
public final class EchoTrial implements AutoCloseable {
    private static final int VERIFIED_MESSAGES = 200;
    /** Over all connections; on each there is one, in any case. */
    private static final int VERIFIED_ON_ALL = 1_000;

    private static final long WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final TrialEnds ends;
    private final EchoingConnections echoing;
    private final List<Figure> memory;
    private final int verified;

    private EchoTrial(final TrialEnds ends, final int connections, final int threads) {
        this.ends = ends;
        final ClientEnd end = ends.end(threads);
        final List<ClientEnd> all = new ArrayList<>(List.of(end));
        for (int i = 1; i < threads; i++) {
            all.add(end.with(ends.openNode()));
        }
        this.echoing = EchoingConnections.connect(all, ends.threads());
        this.verified = Math.max(1, VERIFIED_ON_ALL / connections);
        try {
            echoing.verify(VERIFIED_MESSAGES);
            warmUp();
            final int first = echoing.connections();
            final MemoryGrowth growth = MemoryGrowth.from(ends.server());
            echoing.growTo(connections);
            echoing.verify(verified);
            forget();
            this.memory = growth.rows(connections - first);
        } catch (final RuntimeException | Error e) {
            echoing.close();
            throw e;
        }
    }

    /**
     * Opens both ends, connects, and checks every byte of some messages on each connection.
     *
     * @param settings the trial's; with several client threads, none of them is pinned unless a processor is given.
     * @param connections how many connections.
     * @param threads how many client threads share them, each with a node of its own.
     * @return the trial, which the caller closes.
     * @throws TransportException if something cannot be done; nothing is left running then.
     */
    public static EchoTrial open(final TrialSettings settings, final int connections, final int threads) {
        ManyParams.check(connections, threads, settings.server());
        final TrialEnds ends = TrialEnds.open(
                threads > 1 && settings.clientCpu().equals(CpuPlacement.AUTO)
                        ? new TrialSettings(
                                settings.transport(),
                                settings.sends(),
                                settings.messageBytes(),
                                settings.server(),
                                CpuPlacement.NONE,
                                settings.serverCpu())
                        : settings);
        try {
            return new EchoTrial(ends, connections, threads);
        } catch (final RuntimeException | Error e) {
            ends.close();
            throw e;
        }
    }

    /** What the first connections need others need no more: classes and code of both ends, the buffers of a node. */
    private void warmUp() {
        echoing.begin(Check.SEQUENCE);
        echoing.start();
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < WARM_UP_NS) {
            echoing.advance(1);
        }
        echoing.finish();
        echoing.counts();
        forget();
    }

    /** What was recorded of a phase is no memory of a connection. */
    private void forget() {
        final LatencyDistribution unused = echoing.takeService();
    }

    /** Starts to count anew, and puts a message under way on each connection. */
    public void beginIteration() {
        echoing.begin(Check.SEQUENCE);
        ends.beginIteration();
        echoing.start();
    }

    /**
     * Until so many more answers have come since the last call.
     *
     * @param messages how many; what came beyond the last call's number counts for this one.
     * @return how many all calls of this iteration have waited for.
     */
    public long advance(final int messages) {
        return echoing.advance(messages);
    }

    /** Waits for what is under way, leaves the figures for the profilers, and fails if either end saw a wrong message. */
    public void endIteration() {
        echoing.finish();
        ends.endMessages();
        final PhaseCounts counts = echoing.counts();
        LatencyFigures.ofClosed(echoing.takeService(), ends.cost(counts.arrived(), echoing.usefulPollShare()))
                .with(memory)
                .leave();
        ends.endIteration();
    }

    /** Checks every byte once more. */
    public void verify() {
        echoing.verify(verified);
    }

    @Override
    public void close() {
        echoing.close();
        ends.close();
    }
}
