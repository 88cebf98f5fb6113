package io.fizeau.transports.loop;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/**
 * Drives a node on a thread of its own: {@code driving=own} for every transport whose nodes can be driven by a caller.
 *
 * <pre>{@code
 *  public Node open(Settings settings, NodeContext context) {
 *      Driving driving = driving(settings).forConnecting(settings.get(CommonOptions.DRIVING));
 *      MyNode node = new MyNode(settings, context, driving);
 *      return driving == Driving.OWN
 *              ? OwnDriving.start(node, node::wakeup, settings.get(CommonOptions.IDLE).newStrategy(), context)
 *              : node;
 *  }
 * }</pre>
 *
 * <p>What the inner node has to do for it: it is told {@code OWN} when it is made, so that its connections and listeners report
 * {@code driving()} as {@link io.fizeau.core.settings.Driving#OWN} and their {@code poll} returns 0 at once, while the node's own
 * {@code poll(int)} goes on to do the work, since it is this loop that calls it. And its connections' {@code send} and
 * {@code flush} stand being called by one other thread while the loop polls, because the transport promises
 * {@link io.fizeau.core.transport.Guarantee#CONCURRENT_SEND} then.
 *
 * <p>{@code listen}, {@code connect} and the inner {@code close} run on the loop's thread, so the inner node needs no locks for
 * them: calls from other threads are queued, and wait for their turn; calls from callbacks run at once. If {@code poll} throws,
 * the node's error handler is told and the loop goes on.
 *
 * <p>Thread-safe: every method may be called by any thread, {@link #close()} by any but the loop's own.
 */
public final class OwnDriving implements Node {
    private static final int POLL_LIMIT = 256;

    private final Node driven;
    private final Runnable wakeup;
    private final NodeContext context;
    private final Queue<FutureTask<?>> calls = new ConcurrentLinkedQueue<>();
    private final AgentRunner runner;
    private final Thread thread;

    private String threadName = ""; // written once, before the thread starts
    private volatile boolean isClosing; // written by whoever closes

    private OwnDriving(final Node driven, final Runnable wakeup, final IdleStrategy idle, final NodeContext context) {
        this.driven = driven;
        this.wakeup = wakeup;
        this.context = context;
        this.runner = new AgentRunner(idle, context.errors(), null, new Loop());
        this.thread = AgentRunner.startOnThread(runner, this::newThread);
    }

    /**
     * Starts a loop around a node.
     *
     * @param driven the node, which from now on belongs to the loop; it is closed with it.
     * @param wakeup ends a wait inside the node's {@code poll}, if it is one that blocks; else does nothing. Called by any
     *     thread.
     * @param idle how the loop waits when the node had nothing to do; a strategy that does nothing for a node that blocks.
     * @param context makes the thread and takes the errors.
     * @return the node to hand out.
     */
    public static Node start(
            final Node driven, final Runnable wakeup, final IdleStrategy idle, final NodeContext context) {
        return new OwnDriving(driven, wakeup, idle, context);
    }

    @Override
    public Listener listen(final Address address, final ConnectionHandler handler) {
        return onLoop(() -> driven.listen(address, handler));
    }

    @Override
    public Connection connect(final Address address, final ConnectionHandler handler) {
        return onLoop(() -> driven.connect(address, handler));
    }

    /**
     * Does nothing: the loop polls.
     *
     * @param limit not used.
     * @return 0.
     */
    @Override
    public int poll(final int limit) {
        return 0;
    }

    @Override
    public void close() {
        if (Thread.currentThread() == thread) {
            throw TransportException.badRequest(
                    "node " + context.name() + " cannot be closed from its own callback: close it from another thread");
        }
        isClosing = true;
        wakeup.run();
        runner.close(AgentRunner.RETRY_CLOSE_TIMEOUT_MS, this::onSlowClose);
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            // The runner only waits for its agent; nothing must be left of the thread either.
            try {
                thread.join();
            } catch (final InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(final Runnable task) {
        final Thread made = context.threads().newThread(task);
        threadName = made.getName();
        return made;
    }

    private void onSlowClose(final Thread slow) {
        context.errors()
                .onError(new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        "node " + context.name() + ": a callback has kept thread " + slow.getName() + " busy for "
                                + AgentRunner.RETRY_CLOSE_TIMEOUT_MS + " ms; close waits for it"));
    }

    private <T> T onLoop(final Callable<T> call) {
        final FutureTask<T> task = new FutureTask<>(call);
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            calls.add(task);
            wakeup.run();
            if (isClosing) {
                // The loop may have emptied the queue for the last time before this call came in.
                task.cancel(false);
            }
        }
        return resultOf(task);
    }

    private <T> T resultOf(final FutureTask<T> task) {
        try {
            return task.get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "node " + context.name() + " failed: " + e.getCause(), e);
        } catch (final CancellationException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "node " + context.name() + " is closed: open a new one", e);
        } catch (final InterruptedException e) {
            task.cancel(false);
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "node " + context.name() + ": the calling thread was interrupted",
                    e);
        }
    }

    /** The loop's work; runs on its thread only. */
    private final class Loop implements Agent {
        @Override
        public int doWork() {
            int work = 0;
            FutureTask<?> call = calls.poll();
            while (call != null) {
                call.run();
                work++;
                call = calls.poll();
            }
            return isClosing ? work : work + driven.poll(POLL_LIMIT);
        }

        @Override
        public void onClose() {
            isClosing = true;
            driven.close();
            FutureTask<?> call = calls.poll();
            while (call != null) {
                call.cancel(false);
                call = calls.poll();
            }
        }

        /** The runner names its thread after the role: it keeps the name that its maker gave it. */
        @Override
        public String roleName() {
            return threadName;
        }
    }
}
