package io.fizeau.core.load.many;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.PhaseCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Many connections to one server, each with one message under way: as soon as it is back, the next leaves on that connection. It tells
 * what a transport does with so many users that each wait for their answer: messages a second, and how long each waits.
 *
 * <p>Where the caller drives the transport, each client thread has a node of its own with its part of the connections; the first of
 * these threads is the one that uses this object. Where the transport drives itself, its threads take each answer and send the next
 * message.
 */
public final class EchoingConnections implements AutoCloseable {
    private final EchoGate gate = new EchoGate();
    private final List<EchoShare> shares = new ArrayList<>();
    private final List<ExecutorService> others = new ArrayList<>();
    private final List<Future<?>> serving = new ArrayList<>();
    private int connections;
    private int phase;
    private long early; // answers of this phase that came before start returned
    private long target;

    private EchoingConnections(final List<ClientEnd> ends, final ThreadFactory threads) {
        for (final ClientEnd end : ends) {
            end.check();
            shares.add(new EchoShare(end, gate));
        }
        for (int i = 1; i < shares.size(); i++) {
            others.add(Executors.newSingleThreadExecutor(threads));
        }
    }

    /**
     * Connects the first connections, one for each client thread.
     *
     * @param ends one for each client thread, each with a node of its own; the first is used by the calling thread.
     * @param threads makes the client threads but the first.
     * @return connected connections, which the caller closes.
     * @throws TransportException if there is no connection in time, or the transport cannot be used so.
     */
    public static EchoingConnections connect(final List<ClientEnd> ends, final ThreadFactory threads) {
        final EchoingConnections echoing = new EchoingConnections(ends, threads);
        try {
            echoing.growTo(ends.size());
        } catch (final RuntimeException | Error e) {
            echoing.close();
            throw e;
        }
        return echoing;
    }

    /**
     * Connects more, between two phases.
     *
     * @param count how many there are to be; fewer than there are changes nothing.
     * @throws TransportException if there is no connection in time.
     */
    public void growTo(final int count) {
        if (count < shares.size()) {
            throw TransportException.badRequest("connections=" + count + " must be at least clientThreads="
                    + shares.size() + ": each thread has one or more");
        }
        final int all = shares.size();
        onEach(share -> share.growTo((count - shares.indexOf(share) + all - 1) / all));
        connections = Math.max(connections, count);
    }

    /**
     * How many there are.
     *
     * @return connections.
     */
    public int connections() {
        return connections;
    }

    /**
     * Begins a phase on each connection. Takes a round trip for each.
     *
     * @param check how closely both ends look at each message.
     * @throws TransportException if the far end does not answer.
     */
    public void begin(final Check check) {
        begin(check, Long.MAX_VALUE);
    }

    private void begin(final Check check, final long limit) {
        gate.open(++phase, check, limit);
        target = 0;
        early = 0;
        onEach(share -> share.begin(check));
    }

    /**
     * Sends the first message on each connection: from now on there is one under way on each. What has come back meanwhile belongs to
     * the phase, but counts for no call of {@link #advance}.
     */
    public void start() {
        for (int i = 0; i < others.size(); i++) {
            final EchoShare share = shares.get(i + 1);
            serving.add(others.get(i).submit(() -> {
                share.start();
                share.serve();
            }));
        }
        shares.get(0).start();
        early = answered();
    }

    /**
     * Until so many more answers have come since the last call, or since {@link #start}, over all connections.
     *
     * @param messages how many; what came beyond the last call's number counts for this one.
     * @return how many all calls of this phase have waited for.
     * @throws TransportException if none comes in time, a connection closes or the far end is gone.
     */
    public long advance(final long messages) {
        target += messages;
        while (answered() - early < target) {
            shares.get(0).turn();
            for (int i = 0; i < serving.size(); i++) {
                if (serving.get(i).isDone()) {
                    await(serving.get(i));
                }
            }
        }
        return target;
    }

    /**
     * Stops sending, and waits for what is under way. What was allocated from {@link #start} to here is the transport's, but for some
     * hundred bytes.
     *
     * @throws TransportException if an answer does not come in time.
     */
    public void finish() {
        gate.close();
        shares.get(0).drain();
        serving.forEach(EchoingConnections::await);
        serving.clear();
    }

    /**
     * Asks the far end what it saw of the phase that {@link #finish} has ended.
     *
     * @return what became of the messages.
     * @throws TransportException if either end saw a wrong message, or the far end does not answer.
     */
    public PhaseCounts counts() {
        final long[] wrongThere = new long[shares.size()];
        onEach(share -> wrongThere[shares.indexOf(share)] = share.wrongThere());
        long wrong = 0;
        long stale = 0;
        for (int i = 0; i < shares.size(); i++) {
            wrong += wrongThere[i];
            for (final EchoRecord record : shares.get(i).records()) {
                wrong += record.wrong();
                stale += record.stale();
            }
        }
        if (wrong > 0) {
            throw shares.get(0)
                    .first()
                    .failure("the transport delivers wrong messages: " + wrong
                            + " came with a wrong length or content, at either end of " + connections + " connections");
        }
        return new PhaseCounts(answered(), answered(), stale, 0);
    }

    /**
     * How long each message of the phase waited for its answer, from its send.
     *
     * @return a copy; empties the recorders.
     */
    public LatencyDistribution takeService() {
        return EchoRecord.take(
                shares.stream().flatMap(share -> share.records().stream()).toList());
    }

    /**
     * A phase in which every byte is checked at both ends.
     *
     * @param messages how many on each connection.
     * @throws TransportException if one was changed on its way, or does not come in time.
     */
    public void verify(final int messages) {
        begin(Check.CONTENT, messages);
        onEach(share -> {
            share.start();
            share.drain();
        });
        gate.close();
        counts();
    }

    /**
     * Of the first client thread's polls, the share that found something.
     *
     * @return from 0 to 1; NaN if it does not poll, or a poll sleeps.
     */
    public double usefulPollShare() {
        return shares.get(0).usefulPollShare();
    }

    /** Closes the connections and ends the client threads; the nodes stay open. */
    @Override
    public void close() {
        gate.close();
        others.forEach(ExecutorService::shutdownNow);
        shares.forEach(EchoShare::close);
    }

    private long answered() {
        long answered = 0;
        for (int i = 0; i < shares.size(); i++) {
            answered += shares.get(i).answered();
        }
        return answered;
    }

    /** On the thread that each belongs to, all at once. */
    private void onEach(final Consumer<EchoShare> task) {
        final List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            final EchoShare share = shares.get(i + 1);
            running.add(others.get(i).submit(() -> task.accept(share)));
        }
        task.accept(shares.get(0));
        running.forEach(EchoingConnections::await);
    }

    private static void await(final Future<?> future) {
        try {
            future.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "interrupted while a client thread was at work", e);
        } catch (final ExecutionException e) {
            final Throwable cause = e.getCause();
            throw cause instanceof TransportException known
                    ? known
                    : new TransportException(
                            TransportException.NextStep.FAIL_RUN, "a client thread failed: " + cause, e);
        }
    }
}
