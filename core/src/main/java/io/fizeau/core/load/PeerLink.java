package io.fizeau.core.load;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Connections;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client loop's connection to its {@link Responder}: begins phases, asks for progress, and keeps an eye on node, peer and time
 * while the loop waits, without a clock reading on the loop's path.
 *
 * <p>Used by the loop's thread; {@link #onControl} by the thread that delivers, which may be another.
 */
public final class PeerLink {
    private static final long NODE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REPEAT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Between two looks at the clock. With polls of up to a microsecond, and yields of up to some milliseconds, far below 100 ms. */
    private static final int POLLS_PER_LOOK = 1024;

    private static final int YIELDS_PER_LOOK = 8;
    private static final int POLL_LIMIT = 16;

    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(PeerLink.class, "answered", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Connection connection;
    final LoadSettings settings;

    private final Node node;
    private final PeerWatch watch;
    private final UnsafeBuffer control = new UnsafeBuffer(new byte[ControlFrame.BYTES]);
    private final boolean isCallerDriven;
    private final boolean isBlocking;
    private final boolean isPolledWhenRefused;
    private final IdleStrategy idle;
    private final int pollsPerLook;

    // Written by the loop's thread between phases; the request that goes out after them publishes them.
    private volatile int run;
    private volatile int phase;
    private long request;

    // Written by the delivering thread, published by ANSWERED.
    private long arrived;
    private long next;
    private long wrong;
    private long outOfOrder;
    private long answered = -1;

    // The loop's thread only.
    private int untilLook;
    private long nodePolledNs = System.nanoTime();
    private long lastProgress = Long.MIN_VALUE;
    private long progressedNs = System.nanoTime();

    private PeerLink(
            final Node node,
            final Connection connection,
            final LoadSettings settings,
            final PeerWatch watch,
            final Delivering delivering) {
        this.node = node;
        this.connection = connection;
        this.settings = settings;
        this.watch = watch;
        this.isCallerDriven = delivering == Delivering.LOOP && connection.driving() == Driving.CALLER;
        this.isBlocking = isCallerDriven && settings.guarantees().has(Guarantee.BLOCKING_DELIVERY);
        // Where the ends take turns, the turn comes back with a poll; else a poll that waits may wait in vain.
        this.isPolledWhenRefused =
                isCallerDriven && !(isBlocking && settings.guarantees().has(Guarantee.DUPLEX));
        this.idle = settings.idle().newStrategy();
        this.pollsPerLook = settings.idle() == Idle.SPIN ? POLLS_PER_LOOK : YIELDS_PER_LOOK;
    }

    /** Whose thread delivers once the connection is open. */
    public enum Delivering {
        /** The loop's, or the transport's own. */
        LOOP,
        /** Another thread of the loop, which polls from then on, also while the loop waits for an answer. */
        ANOTHER_THREAD
    }

    /**
     * Connects, and waits until the connection is open.
     *
     * @param node an open node, which the calling thread may poll.
     * @param address where a {@link Responder}'s node listens.
     * @param handler gets the connection's callbacks; it hands control frames to {@link #onControl}.
     * @param settings the loop's.
     * @param watch knows whether the far end still runs.
     * @return a link to the far end, whose connection the caller closes.
     * @throws TransportException if there is no connection in time.
     */
    public static PeerLink connect(
            final Node node,
            final Address address,
            final ConnectionHandler handler,
            final LoadSettings settings,
            final PeerWatch watch) {
        return connect(node, address, handler, settings, watch, Delivering.LOOP);
    }

    static PeerLink connect(
            final Node node,
            final Address address,
            final ConnectionHandler handler,
            final LoadSettings settings,
            final PeerWatch watch,
            final Delivering delivering) {
        final Connection connection = node.connect(address, handler);
        try {
            Connections.awaitOpen(node, connection, Duration.ofNanos(settings.timeoutNs()));
            if (connection.driving() == Driving.OWN && !settings.guarantees().has(Guarantee.CONCURRENT_SEND)) {
                throw TransportException.badRequest(
                        "driving=own at the connecting end needs a transport that lets one thread"
                                + " send while another delivers: use driving=caller");
            }
        } catch (final TransportException e) {
            connection.close();
            final String diagnosis = watch.diagnosis();
            throw diagnosis.isEmpty() ? e : new TransportException(e.nextStep(), e.getMessage() + "; " + diagnosis, e);
        }
        return new PeerLink(node, connection, settings, watch, delivering);
    }

    /**
     * The connection.
     *
     * @return it, open or closed.
     */
    public Connection connection() {
        return connection;
    }

    boolean isBlocking() {
        return isBlocking;
    }

    int run() {
        return run;
    }

    int phase() {
        return phase;
    }

    /**
     * Begins a phase at the far end and returns once the far end is in it.
     *
     * @param role what the far end does with the phase's messages.
     * @param check how closely it looks at each.
     * @param newRun the run, in the header of each message.
     * @param newPhase the phase, in the header of each message.
     * @param creditEvery messages to a credit; 0 for none.
     * @throws TransportException if the far end does not answer in time.
     */
    public void begin(
            final Role role, final Check check, final int newRun, final int newPhase, final long creditEvery) {
        run = newRun;
        phase = newPhase;
        ControlFrame.writeBegin(
                control,
                ++request,
                newRun,
                newPhase,
                Responder.roleBits(role, check),
                settings.messageBytes(),
                creditEvery);
        exchange();
    }

    /**
     * Asks how far the phase is, and waits for the answer.
     *
     * @return what the far end says of it.
     * @throws TransportException if it does not answer in time.
     */
    public Progress ask() {
        ControlFrame.writeAsk(control, ++request, run, phase);
        return exchange();
    }

    /** Asks, and does not wait: the answer comes as a credit does. */
    void askForCredit() {
        ControlFrame.writeAsk(control, ++request, run, phase);
        if (connection.send(control, 0, ControlFrame.BYTES) == SendStatus.ACCEPTED) {
            connection.flush();
        }
    }

    /** The number of the request that was answered last. */
    long answeredRequest() {
        return (long) ANSWERED.getAcquire(this);
    }

    long lastRequest() {
        return request;
    }

    /** How many messages have arrived, as far as is known here. Read after {@link #onControl} by the delivering thread only. */
    long arrived() {
        return arrived;
    }

    long next() {
        return next;
    }

    long wrong() {
        return wrong;
    }

    /**
     * For the handler, with a control frame. Called by the thread that delivers.
     *
     * @param buffer holds the frame.
     * @param offset where it starts.
     * @return true if it speaks of the present phase.
     */
    public boolean onControl(final DirectBuffer buffer, final int offset) {
        if (ControlFrame.meantRun(buffer, offset) != run || ControlFrame.meantPhase(buffer, offset) != phase) {
            return false;
        }
        arrived = ControlFrame.arrived(buffer, offset);
        next = ControlFrame.next(buffer, offset);
        wrong = ControlFrame.wrong(buffer, offset);
        outOfOrder = ControlFrame.outOfOrder(buffer, offset);
        final long answers = BenchmarkFrame.sequence(buffer, offset);
        if (answers > answered) {
            ANSWERED.setRelease(this, answers);
        }
        return true;
    }

    /**
     * After a poll that found nothing: idles, and looks at node, peer and time now and then.
     *
     * @param progress any figure that changes as long as the loop gets on.
     * @throws TransportException if it has not changed for too long, the connection is closed or the far end is gone.
     */
    public void idle(final long progress) {
        idle.idle();
        // A poll that waited has cost more than a look does.
        if (isBlocking || --untilLook <= 0) {
            look(progress);
        }
    }

    /**
     * Once for each turn of the loop, with a message under way: so that the node is polled even where every poll finds something.
     *
     * @param progress as in {@link #idle(long)}.
     * @throws TransportException as there.
     */
    public void turn(final long progress) {
        if (--untilLook <= 0) {
            look(progress);
        }
    }

    /**
     * After a send or flush that was not accepted: the connection is fit to be offered the message again, or the run fails.
     *
     * @param status what the connection said.
     * @param progress as in {@link #idle(long)}.
     * @throws TransportException if it never will be.
     */
    public void onNotAccepted(final SendStatus status, final long progress) {
        switch (status) {
            case ACCEPTED -> {}
            case BACK_PRESSURED -> {
                if (isPolledWhenRefused) {
                    connection.poll(POLL_LIMIT);
                }
                idle(progress);
            }
            case NOT_CONNECTED, CLOSED -> throw failure("the connection is closed");
            case TOO_LONG ->
                throw failure("a message of " + settings.messageBytes() + " bytes is longer than the transport takes ("
                        + connection.maxMessageBytes() + ")");
        }
    }

    /**
     * An exception that says what is known of the far end as well.
     *
     * @param what went wrong.
     * @return a failure of the run.
     */
    public TransportException failure(final String what) {
        final StringBuilder text = new StringBuilder(what);
        if (connection.closeReason() != null) {
            text.append(" (").append(connection.closeReason()).append(')');
        }
        final String diagnosis = watch.diagnosis();
        if (!diagnosis.isEmpty()) {
            text.append("; ").append(diagnosis);
        }
        return new TransportException(TransportException.NextStep.FAIL_RUN, text.toString());
    }

    private Progress exchange() {
        final long startNs = System.nanoTime();
        long sentNs = startNs - REPEAT_NS;
        while (answeredRequest() != request) {
            final long nowNs = System.nanoTime();
            if (nowNs - startNs > settings.timeoutNs()) {
                throw failure("the server does not answer within " + TimeUnit.NANOSECONDS.toMillis(settings.timeoutNs())
                        + " ms");
            }
            if (nowNs - sentNs >= REPEAT_NS) {
                final SendStatus status = connection.send(control, 0, ControlFrame.BYTES);
                if (status == SendStatus.ACCEPTED) {
                    sentNs = nowNs;
                    connection.flush();
                } else {
                    onNotAccepted(status, nowNs);
                }
            } else if (!isCallerDriven || connection.poll(POLL_LIMIT) == 0) {
                idle(nowNs);
            }
        }
        return new Progress(arrived, next, wrong, outOfOrder);
    }

    private void look(final long progress) {
        untilLook = pollsPerLook;
        final long nowNs = System.nanoTime();
        if (nowNs - nodePolledNs >= NODE_POLL_NS) {
            nodePolledNs = nowNs;
            if (isCallerDriven) {
                node.poll(POLL_LIMIT);
            }
            if (!watch.isAlive()) {
                throw failure("the server is gone");
            }
        }
        if (connection.state() == ConnectionState.CLOSED) {
            throw failure("the connection is closed");
        }
        if (progress != lastProgress) {
            lastProgress = progress;
            progressedNs = nowNs;
        } else if (nowNs - progressedNs > settings.timeoutNs()) {
            throw failure("no answer within " + TimeUnit.NANOSECONDS.toMillis(settings.timeoutNs()) + " ms");
        }
    }
}
