package io.fizeau.core.load;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages one way, as fast as they go, counted where they arrive: the far end acknowledges by cumulative credit, at most a
 * window of messages is under way, and only what is acknowledged counts. A lost credit is asked for again; a lost message is
 * counted, and does not stop the stream.
 *
 * <p>Used by one thread, which is the thread that may poll the node.
 */
public final class CreditedStream implements AutoCloseable {
    private static final int MAX_WINDOW_BYTES = 4 * 1024 * 1024;
    private static final int MIN_WINDOW = 64;
    private static final int MAX_WINDOW = 64 * 1024;
    /** So many messages are offered between two looks for credit: a look costs a system call, a gathered message some nanoseconds. */
    private static final int MAX_BURST = 4096;

    private static final long CREDIT_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long ASK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int EMPTY_POLLS_PER_CLOCK = 1024;
    private static final int POLL_LIMIT = 16;

    private static final VarHandle ACKNOWLEDGED;

    static {
        try {
            ACKNOWLEDGED = MethodHandles.lookup().findVarHandle(CreditedStream.class, "acknowledged", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnsafeBuffer message;
    private final MessageContent content = new MessageContent();
    private final PeerLink link;
    private final Connection connection;
    private final int messageBytes;
    private final int run;
    private final int maxWindow;
    private final boolean isReliable;
    private final boolean isBlocking;

    // The stream's thread only.
    private int window;
    private int burst;
    private int phase;
    private boolean isContentFilled;
    private long creditEvery;
    private long begunNs;
    private long nextSequence;
    private long target;
    private long base;
    private long refused;
    private int emptyPolls;
    private long askedNs;
    private long askedAt;
    private long askedRequest;

    // Written by the delivering thread: ACKNOWLEDGED publishes the others.
    private long acknowledged;
    private long next;

    private CreditedStream(
            final Node node, final Address address, final LoadSettings settings, final int run, final PeerWatch watch) {
        this.messageBytes = settings.messageBytes();
        this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
        this.run = run;
        this.maxWindow = Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, MAX_WINDOW_BYTES / messageBytes));
        this.window = maxWindow;
        this.burst = burst(window);
        this.creditEvery = Math.max(1, window / 16);
        this.isReliable = settings.guarantees().has(Guarantee.RELIABLE);
        this.link = PeerLink.connect(node, address, new Credits(), settings, watch);
        this.connection = link.connection;
        this.isBlocking = link.isBlocking();
    }

    /**
     * Connects to a {@link Responder}.
     *
     * @param node an open node; the calling thread may poll it.
     * @param address where the responder's node listens.
     * @param settings the stream's.
     * @param run a number that tells this stream's messages from those of others.
     * @param watch knows whether the far end still runs.
     * @return a connected stream, which the caller closes.
     * @throws TransportException if there is no connection in time.
     */
    public static CreditedStream connect(
            final Node node, final Address address, final LoadSettings settings, final int run, final PeerWatch watch) {
        return new CreditedStream(node, address, settings, run, watch);
    }

    /**
     * The most messages that are sent and not yet acknowledged.
     *
     * @return a count.
     */
    public int window() {
        return window;
    }

    /**
     * Sets the window, from the next message on. Over a bad link a sender that has megabytes under way waits minutes for the last
     * of them, and a window that is too small is what limits the rate: whoever knows how fast the link is chooses.
     *
     * @param messages how many may be under way; more than the stream was made with counts as that, less than 1 as 1.
     */
    public void limitWindow(final int messages) {
        window = Math.max(1, Math.min(maxWindow, messages));
        burst = burst(window);
        // Of the next phase: a credit must come before the window is used up.
        creditEvery = Math.max(1, Math.min(creditEvery, window / 4));
    }

    private static int burst(final int window) {
        return Math.max(1, Math.min(MAX_BURST, window / 8));
    }

    /**
     * Starts a phase: sequence and counts start at 0 again.
     *
     * @param check how closely the far end looks at each message.
     * @throws TransportException if the far end does not answer.
     */
    public void begin(final Check check) {
        phase++;
        isContentFilled = check == Check.CONTENT;
        nextSequence = 0;
        target = 0;
        base = 0;
        refused = 0;
        next = 0;
        ACKNOWLEDGED.setRelease(this, 0L);
        link.begin(Role.SINK, check, run, phase, creditEvery);
        BenchmarkFrame.writeHeader(message, 0, run, phase, 0, 0, messageBytes);
        begunNs = System.nanoTime();
        askedNs = begunNs;
        askedRequest = 0;
    }

    /**
     * Goes on until the far end has acknowledged so many messages more than after the last call. The window stays full from one
     * call to the next, so a call may find its messages acknowledged already.
     *
     * @param messages how many.
     * @return how many are acknowledged in this phase.
     * @throws TransportException if nothing gets on for too long, the connection closes, or wrong messages arrive.
     */
    public long advance(final long messages) {
        target += messages;
        long confirmed = acknowledged();
        while (confirmed < target) {
            final long limit = Math.min(base(confirmed) + window, nextSequence + burst);
            final SendStatus status = send(limit);
            final boolean isAccepted = status == SendStatus.ACCEPTED;
            if (!isAccepted) {
                refused++;
                link.onNotAccepted(status, confirmed);
            } else if (nextSequence - base(confirmed) >= window) {
                awaitCredit(confirmed);
            } else if (!isBlocking) {
                connection.poll(POLL_LIMIT);
            }
            link.turn(confirmed);
            confirmed = acknowledged();
        }
        return confirmed;
    }

    /**
     * A phase in which every byte of every message is checked where it arrives.
     *
     * @param messages how many to send.
     * @throws TransportException if a message was changed on its way, or does not come in time.
     */
    public void verify(final int messages) {
        begin(Check.CONTENT);
        final int step = Math.min(messages, window);
        for (int done = 0; done < messages; done += step) {
            advanceExactly(Math.min(step, messages - done));
        }
        end();
    }

    /**
     * Waits for what is under way and ends the phase.
     *
     * @return what became of its messages.
     * @throws TransportException if the far end saw a wrong message or does not answer, or a message is missing that the
     *     transport promised to deliver.
     */
    public PhaseCounts end() {
        awaitAll();
        final Progress far = link.ask();
        if (far.wrong() > 0) {
            throw wrongBytes(far.wrong());
        }
        if (isReliable && far.arrived() != nextSequence) {
            throw link.failure("the transport promises to deliver, and " + (nextSequence - far.arrived()) + " of "
                    + nextSequence + " messages did not arrive once and in order");
        }
        final long tookNs = Math.max(1, System.nanoTime() - begunNs);
        final double perPeriod = (double) far.arrived() * CREDIT_PERIOD_NS / tookNs;
        // About one credit in a millisecond: seldom enough to cost nothing, often enough to end an iteration on time.
        creditEvery = Math.max(1, Math.min(window / 4, (long) perPeriod));
        return new PhaseCounts(nextSequence, far.arrived(), far.outOfOrder(), refused);
    }

    /** Closes the connection; the node stays open. */
    @Override
    public void close() {
        connection.close();
    }

    /** The hot loop: no clock, no shared write, one field of the message changes. */
    private SendStatus send(final long limit) {
        if (isContentFilled) {
            return sendFilled(limit);
        }
        SendStatus status = SendStatus.ACCEPTED;
        long sequence = nextSequence;
        while (sequence < limit) {
            BenchmarkFrame.writeSequence(message, 0, sequence);
            status = connection.send(message, 0, messageBytes);
            if (status != SendStatus.ACCEPTED) {
                break;
            }
            sequence++;
        }
        nextSequence = sequence;
        return status;
    }

    private SendStatus sendFilled(final long limit) {
        while (nextSequence < limit) {
            BenchmarkFrame.writeHeader(message, 0, run, phase, nextSequence, 0, messageBytes);
            content.fill(message, 0);
            final SendStatus status = connection.send(message, 0, messageBytes);
            if (status != SendStatus.ACCEPTED) {
                return status;
            }
            nextSequence++;
        }
        return SendStatus.ACCEPTED;
    }

    private void advanceExactly(final int messages) {
        final long limit = nextSequence + messages;
        while (nextSequence < limit) {
            final SendStatus status = send(limit);
            if (status != SendStatus.ACCEPTED) {
                link.onNotAccepted(status, nextSequence);
            }
        }
        awaitAll();
    }

    private void awaitAll() {
        long confirmed = acknowledged();
        // The last messages make no full credit: ask at once, then as after a lost credit.
        if (base(confirmed) < nextSequence) {
            ask();
        }
        final long asked = askedRequest;
        long progressedNs = System.nanoTime();
        while (base(confirmed) < nextSequence) {
            awaitCredit(confirmed);
            final long before = confirmed;
            confirmed = acknowledged();
            if (confirmed != before) {
                progressedNs = System.nanoTime();
            } else if (isReliable
                    && link.answeredRequest() >= asked
                    && System.nanoTime() - progressedNs > link.settings.timeoutNs() / 2) {
                // The far end answers, and what is missing does not come: for the caller to find, not to wait for.
                return;
            }
        }
    }

    private void awaitCredit(final long confirmed) {
        final SendStatus status = connection.flush();
        if (status != SendStatus.ACCEPTED) {
            link.onNotAccepted(status, confirmed);
        }
        if (connection.poll(isBlocking ? 1 : POLL_LIMIT) == 0) {
            link.idle(confirmed);
            if (isBlocking || ++emptyPolls >= EMPTY_POLLS_PER_CLOCK) {
                emptyPolls = 0;
                askAgain();
            }
            if (link.wrong() > 0) {
                throw wrongBytes(link.wrong());
            }
        }
    }

    private void askAgain() {
        final long nowNs = System.nanoTime();
        if (nowNs - askedNs >= ASK_AGAIN_NS) {
            // The answer to the last question has come and what had left before it has not: without a promise to
            // deliver, it is lost.
            if (!isReliable && askedRequest > 0 && link.answeredRequest() >= askedRequest) {
                base = Math.max(base, askedAt);
            }
            ask();
        }
    }

    private void ask() {
        askedNs = System.nanoTime();
        askedAt = nextSequence;
        link.askForCredit();
        askedRequest = link.lastRequest();
    }

    private long acknowledged() {
        return (long) ACKNOWLEDGED.getAcquire(this);
    }

    /** Up to which sequence nothing is under way any more: it has arrived, or a later one has. */
    private long base(final long confirmed) {
        return Math.max(base, Math.max(confirmed, next));
    }

    private TransportException wrongBytes(final long count) {
        return link.failure("the transport delivers wrong messages: " + count + " of " + nextSequence + ", of "
                + messageBytes + " bytes each, arrived at the server with a wrong length or content");
    }

    /** What comes back. */
    private final class Credits implements ConnectionHandler {
        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            if (ControlFrame.isControl(buffer, offset, length) && link.onControl(buffer, offset)) {
                next = Math.max(next, link.next());
                final long arrived = link.arrived();
                if (arrived > acknowledged) {
                    ACKNOWLEDGED.setRelease(CreditedStream.this, arrived);
                }
            }
            return Delivery.CONSUMED;
        }
    }
}
