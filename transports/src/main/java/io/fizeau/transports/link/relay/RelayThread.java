package io.fizeau.transports.link.relay;

import io.fizeau.core.impair.Impairment;
import io.fizeau.transports.link.Blackout;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/**
 * The thread of a link that carries packets through this process. It works until it is closed; when its work throws, it stops, and
 * {@link #trouble()} says why. Thread-safe.
 */
public final class RelayThread implements AutoCloseable {
    /** What carries the packets; its methods are called by the relay's thread only. */
    public interface Carrier {
        /** Called first. */
        default void onStart() {}

        /**
         * Carries what there is.
         *
         * @param paths both directions.
         * @return how many packets came or went.
         */
        int carry(Paths paths);

        /**
         * Waits, a little, for something to carry.
         *
         * @param workCount what {@link #carry} returned.
         * @param paths both directions.
         */
        void idle(int workCount, Paths paths);

        /** Called last: releases what carries. */
        void onClose();
    }

    private final Requests requests = new Requests();
    private final AgentRunner runner;
    private final Carrier carrier;
    /** Written by the relay's thread. */
    private Paths paths;
    /** Written by the relay's thread. */
    private volatile String trouble = "";

    /**
     * Starts the thread.
     *
     * @param name its name.
     * @param carrier what it works with, which is closed with it.
     * @param first the paths to begin with.
     */
    public RelayThread(final String name, final Carrier carrier, final Paths first) {
        this.carrier = carrier;
        this.paths = first;
        this.runner = new AgentRunner(new Waiting(), this::onError, null, new Relaying(name));
        final Thread thread = AgentRunner.startOnThread(runner, task -> {
            final Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        assert thread.isDaemon();
    }

    /**
     * Has the relay's thread do something between two packets.
     *
     * @param request what to do.
     * @param <T> what it gives.
     * @return what it gave.
     * @throws io.fizeau.core.error.TransportException if the thread has stopped, or does not answer.
     */
    public <T> T ask(final Callable<T> request) {
        return requests.ask(request);
    }

    /**
     * Replaces the paths; to be called within {@link #ask}.
     *
     * @param next the new paths.
     */
    public void replace(final Paths next) {
        paths = next;
    }

    /** The paths, for use within {@link #ask}. */
    public Paths paths() {
        return paths;
    }

    /** What happens, and has been asked for. */
    public Impairment impairment() {
        return ask(() -> paths.impairment());
    }

    /**
     * Loses everything in both directions for a while.
     *
     * @param duration how long.
     * @return when it began and ends.
     */
    public Blackout blackout(final Duration duration) {
        final long lengthNs = Blackout.checkedNs(duration);
        return ask(() -> {
            final long nowNs = System.nanoTime();
            paths.toServer().blackout(nowNs, nowNs + lengthNs);
            paths.toClient().blackout(nowNs, nowNs + lengthNs);
            return new Blackout(nowNs, nowNs + lengthNs);
        });
    }

    /** Why the thread has stopped, or empty. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        runner.close();
    }

    private void onError(final Throwable error) {
        trouble = "the link's relay stopped: " + error;
    }

    private final class Relaying implements Agent {
        private final String name;

        Relaying(final String name) {
            this.name = name;
        }

        @Override
        public void onStart() {
            carrier.onStart();
        }

        @Override
        public int doWork() {
            requests.serve();
            // After an error it only answers: a link that goes on after it lost a packet would hide that.
            return trouble.isEmpty() ? carrier.carry(paths) : 0;
        }

        @Override
        public void onClose() {
            carrier.onClose();
        }

        @Override
        public String roleName() {
            return name;
        }
    }

    private final class Waiting implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            carrier.idle(workCount, paths);
        }

        @Override
        public void idle() {
            carrier.idle(0, paths);
        }

        @Override
        public void reset() {
            // What it waits for is in the paths.
        }
    }
}
