package io.fizeau.core.load;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One message in flight: it is sent, the far end sends it back, and only then does the next one leave. It tells how fast a round
 * trip is when nobody waits, and hides every stall.
 *
 * <p>An answer counts only if its run, phase, sequence and length are those of the message in flight: what belongs to an earlier
 * one is never taken for it. Used by one thread, which is the thread that may poll the node.
 */
public final class ClosedLoop implements AutoCloseable {
    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(ClosedLoop.class, "answered", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnsafeBuffer message;
    private final MessageContent sentContent = new MessageContent();
    private final PeerLink link;
    private final Connection connection;
    private final Answers answers = new Answers();
    private final int messageBytes;
    private final int run;

    private final LatencyRecorder service = LatencyRecorder.withEpisodes();
    private int phases;
    private long nextSequence;
    private long refused;
    private long emptyPolls;

    // Written by the loop's thread between phases, read by the delivering thread.
    private volatile int phase;
    private volatile boolean isContentChecked;

    // Written by the delivering thread: the last sequence whose answer came, and what else came.
    private long answered = -1;
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    private ClosedLoop(
            final Node node, final Address address, final LoadSettings settings, final int run, final PeerWatch watch) {
        this.messageBytes = settings.messageBytes();
        this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
        this.run = run;
        this.link = PeerLink.connect(node, address, answers, settings, watch);
        this.connection = link.connection;
    }

    /**
     * Connects to a {@link Responder}.
     *
     * @param node an open node; the calling thread may poll it.
     * @param address where the responder's node listens.
     * @param settings the loop's.
     * @param run a number that tells this loop's messages from those of others.
     * @param watch knows whether the far end still runs.
     * @return a connected loop, which the caller closes.
     * @throws TransportException if there is no connection in time.
     */
    public static ClosedLoop connect(
            final Node node, final Address address, final LoadSettings settings, final int run, final PeerWatch watch) {
        return new ClosedLoop(node, address, settings, run, watch);
    }

    /**
     * Starts a phase: the sequence starts at 0 again, and answers to earlier phases are stale from now on.
     *
     * @param check how closely both ends look at each message.
     * @throws TransportException if the far end does not answer.
     */
    public void begin(final Check check) {
        phase = ++phases;
        isContentChecked = check == Check.CONTENT;
        nextSequence = 0;
        refused = 0;
        emptyPolls = 0;
        stale.set(0);
        ANSWERED.setRelease(this, -1L);
        service.reset();
        link.begin(Role.ECHO, check, run, phase, 0);
    }

    /**
     * Sends one message and waits for its answer.
     *
     * @return its sequence, so that a benchmark has something to consume.
     * @throws TransportException if no answer comes in time, the connection closes, or a wrong message comes.
     */
    public long roundTrip() {
        final long sequence = nextSequence++;
        BenchmarkFrame.writeHeader(message, 0, run, phase, sequence, 0, messageBytes);
        send(sequence);
        await(sequence);
        return sequence;
    }

    /**
     * As {@link #roundTrip()}, and records how long it took: each one, where JMH keeps at most 20 samples a millisecond. Costs two
     * readings of the clock.
     *
     * @return the message's sequence.
     * @throws TransportException as there.
     */
    public long recordedRoundTrip() {
        final long startNs = System.nanoTime();
        final long sequence = roundTrip();
        service.record(System.nanoTime() - startNs);
        return sequence;
    }

    /**
     * The times of the recorded round trips since the last call, from the send of a message to its answer. Nothing was under way
     * beside it, so this is a service time: it hides every stall that a message on a schedule would have waited for.
     *
     * @return a copy.
     */
    public LatencyDistribution takeService() {
        return service.take();
    }

    /**
     * Of the polls of this phase, the share that found something. For a thread that spins this says more than its processor time,
     * which is only the time between messages.
     *
     * @return from 0 to 1; NaN where a poll sleeps, or another thread polls.
     */
    public double usefulPollShare() {
        return link.isBlocking() || connection.driving() == Driving.OWN || nextSequence == 0
                ? Double.NaN
                : (double) nextSequence / (nextSequence + emptyPolls);
    }

    /**
     * A phase in which every byte of every message is checked at both ends.
     *
     * @param messages how many round trips to make.
     * @throws TransportException if a message was changed on its way, or does not come in time.
     */
    public void verify(final int messages) {
        begin(Check.CONTENT);
        for (int i = 0; i < messages; i++) {
            final long sequence = nextSequence++;
            BenchmarkFrame.writeHeader(message, 0, run, phase, sequence, 0, messageBytes);
            sentContent.fill(message, 0);
            send(sequence);
            await(sequence);
        }
        end();
    }

    /**
     * Ends a phase.
     *
     * @return what became of its messages.
     * @throws TransportException if either end saw a wrong message, or the far end does not answer.
     */
    public PhaseCounts end() {
        final Progress far = link.ask();
        if (wrong.get() + far.wrong() > 0) {
            throw wrongBytes(far.wrong());
        }
        return new PhaseCounts(nextSequence, nextSequence, stale.get() + far.outOfOrder(), refused);
    }

    /** Closes the connection; the node stays open. */
    @Override
    public void close() {
        connection.close();
    }

    private void send(final long sequence) {
        SendStatus status = connection.send(message, 0, messageBytes);
        while (status != SendStatus.ACCEPTED) {
            refused++;
            link.onNotAccepted(status, sequence);
            status = connection.send(message, 0, messageBytes);
        }
        link.turn(sequence);
    }

    private void await(final long sequence) {
        while ((long) ANSWERED.getAcquire(this) != sequence) {
            if (connection.poll(1) == 0) {
                emptyPolls++;
                if (wrong.get() != 0) {
                    throw wrongBytes(0);
                }
                link.idle(sequence);
            }
        }
    }

    private TransportException wrongBytes(final long wrongThere) {
        return link.failure(
                "the transport delivers wrong messages: " + wrong.get() + " with a wrong length or content came back, "
                        + wrongThere + " arrived at the server, of messages of " + messageBytes + " bytes");
    }

    /** What comes back. */
    private final class Answers implements ConnectionHandler {
        private final MessageContent content = new MessageContent();

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            if (length == messageBytes
                    && BenchmarkFrame.run(buffer, offset) == run
                    && BenchmarkFrame.messageBytes(buffer, offset) == length) {
                onAnswer(buffer, offset, length);
            } else if (ControlFrame.isControl(buffer, offset, length)) {
                link.onControl(buffer, offset);
            } else {
                wrong.incrementAndGet();
            }
            return Delivery.CONSUMED;
        }

        private void onAnswer(final DirectBuffer buffer, final int offset, final int length) {
            final long sequence = BenchmarkFrame.sequence(buffer, offset);
            // Answers come for what was sent only, so the next one after the last is the one in flight.
            if (sequence != answered + 1 || BenchmarkFrame.phase(buffer, offset) != phase) {
                stale.incrementAndGet();
            } else if (isContentChecked && !content.isIntact(buffer, offset, length)) {
                wrong.incrementAndGet();
            } else {
                ANSWERED.setRelease(ClosedLoop.this, sequence);
            }
        }
    }
}
