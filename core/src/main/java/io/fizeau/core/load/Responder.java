package io.fizeau.core.load;

import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The far end of every measurement: sends messages back or counts them, as the client of each connection asks by
 * {@link ControlFrame}s, and checks them on the way. Before a client has asked for anything, whatever comes is sent back and counted.
 *
 * <p>The callbacks come on the threads that drive the connections, one at a time for each connection. {@link #counts()} may be
 * called by any thread; it holds what was counted up to the last control frame, credit or close of each connection, so that
 * counting costs the hot path no shared write.
 */
public final class Responder implements ConnectionHandler {
    private static final int SINK_BIT = 1;
    private static final int CONTENT_BIT = 2;
    private static final int FAN_OUT_BIT = 4;

    /** No phase: its run would be that of control frames. */
    private static final long NOT_JOINED = ControlFrame.RUN & 0xffffffffL;

    private final boolean isFlushedInCallback;
    private final boolean isObeying;
    private final ServiceTime serviceTime;
    private final boolean isWorking;
    private final List<Session> owing = new ArrayList<>();
    private volatile Session[] receivers = {}; // replaced, under this, when one joins or leaves
    private final AtomicInteger openCount = new AtomicInteger();
    private volatile @Nullable Connection newest;
    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder connections = new LongAdder();

    /**
     * A responder for the listeners of one node.
     *
     * @param isFlushedInCallback true if nobody calls {@link #flush()}: then each answer is flushed as it is sent. False if one
     *     thread polls the whole node and calls {@link #flush()} whenever it goes idle.
     */
    public Responder(final boolean isFlushedInCallback) {
        this(isFlushedInCallback, ServiceTime.NONE);
    }

    /**
     * A responder that works on each message before it sends it back.
     *
     * @param isFlushedInCallback as above.
     * @param serviceTime how long it works.
     */
    public Responder(final boolean isFlushedInCallback, final ServiceTime serviceTime) {
        this(isFlushedInCallback, serviceTime, true);
    }

    private Responder(final boolean isFlushedInCallback, final ServiceTime serviceTime, final boolean isObeying) {
        this.isFlushedInCallback = isFlushedInCallback;
        this.serviceTime = serviceTime;
        this.isWorking = serviceTime.isSome();
        this.isObeying = isObeying;
    }

    /**
     * A responder that takes nothing for a request: whatever comes is sent back. For transports that do not keep the boundaries of
     * messages, whose pieces mean nothing.
     *
     * @param isFlushedInCallback as above.
     * @return the responder.
     */
    public static Responder ofBytes(final boolean isFlushedInCallback) {
        return new Responder(isFlushedInCallback, ServiceTime.NONE, false);
    }

    static int roleBits(final Role role, final Check check) {
        final int bits = switch (role) {
            case ECHO -> 0;
            case SINK -> SINK_BIT;
            case FAN_OUT -> FAN_OUT_BIT;
        };
        return bits | (check == Check.CONTENT ? CONTENT_BIT : 0);
    }

    /**
     * What was counted so far.
     *
     * @return sums over all connections.
     */
    public ResponderCounts counts() {
        return new ResponderCounts(messages.sum(), bytes.sum(), wrong.sum(), connections.sum());
    }

    /**
     * How many connections are open.
     *
     * @return a count.
     */
    public int openCount() {
        return openCount.get();
    }

    /**
     * The connection that is open, if there is just one: polling it alone is the fastest way to wait.
     *
     * @return the connection, or null if there are none or several.
     */
    public @Nullable Connection onlyConnection() {
        final Connection connection = newest;
        return connection != null && openCount.get() == 1 && connection.state() == ConnectionState.OPEN
                ? connection
                : null;
    }

    /** Pushes on what the callbacks sent. For the thread that polls the node, whenever it goes idle. */
    public void flush() {
        for (int i = owing.size() - 1; i >= 0; i--) {
            final Session session = owing.get(i);
            if (session.connection.flush() != SendStatus.BACK_PRESSURED) {
                session.isOwing = false;
                owing.remove(i);
            }
        }
    }

    @Override
    public void onOpen(final Connection connection) {
        connections.increment();
        openCount.incrementAndGet();
        newest = connection;
        connection.attach(new Session(connection));
    }

    @Override
    public void onClosed(final Connection connection, final CloseReason reason) {
        if (connection.attachment() instanceof Session session) {
            session.publish();
            session.join(false);
            openCount.decrementAndGet();
            if (connection == newest) {
                newest = null;
            }
        }
    }

    @Override
    public Delivery onMessage(
            final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
        final Session session = (Session) connection.attachment();
        if (session == null) {
            throw new IllegalStateException("a message came before onOpen: the transport breaks the interface");
        }
        return session.isExpected(buffer, offset, length)
                ? session.onExpected(buffer, offset, length)
                : session.onOther(buffer, offset, length);
    }

    private synchronized void joinOrLeave(final Session session, final boolean joins) {
        final List<Session> others = new ArrayList<>(List.of(receivers));
        if (joins) {
            others.add(session);
        } else {
            others.remove(session);
        }
        receivers = others.toArray(new Session[0]);
    }

    /** One connection's phase; used by the thread that drives the connection. */
    private final class Session {
        private final Connection connection;
        private final UnsafeBuffer answer = new UnsafeBuffer(new byte[ControlFrame.BYTES]);

        private int run;
        private int phase;
        private int messageBytes = -1;
        private long runAndPhase;
        private boolean isEcho;
        private boolean isSink;
        private boolean isFanOut;
        private boolean isContentChecked;
        private long creditEvery;
        private long untilCredit;

        private long arrived;
        private long next;
        private long wrongOnes;
        private long outOfOrder;
        private long publishedArrived;
        private long publishedWrong;
        private boolean isOwing;
        private long worked = -1;
        private Session @Nullable [] addressed; // those that joined before the message that is being fanned out
        private int fannedOut; // of them
        private volatile long joinedPhase = NOT_JOINED; // by its own thread, for those that send to it

        Session(final Connection connection) {
            this.connection = connection;
        }

        boolean isExpected(final DirectBuffer buffer, final int offset, final int length) {
            return length == messageBytes
                    && buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN) == runAndPhase
                    && BenchmarkFrame.messageBytes(buffer, offset) == length;
        }

        Delivery onExpected(final DirectBuffer buffer, final int offset, final int length) {
            if (isWorking && isEcho && !isContentChecked) {
                work(buffer, offset);
            }
            if (isEcho ? send(buffer, offset, length) == SendStatus.BACK_PRESSURED : !fanOut(buffer, offset, length)) {
                return Delivery.RETRY;
            }
            if (isContentChecked && !new MessageContent().isIntact(buffer, offset, length)) {
                wrongOnes++;
                return Delivery.CONSUMED;
            }
            final long sequence = BenchmarkFrame.sequence(buffer, offset);
            if (sequence < next) {
                outOfOrder++;
            } else {
                next = sequence + 1;
                arrived++;
            }
            if (isSink && --untilCredit <= 0) {
                credit();
            }
            return Delivery.CONSUMED;
        }

        /**
         * To every receiver of the phase, in the order in which they joined. Who joins or leaves meanwhile changes nothing for the others.
         *
         * @return false if one of them did not take it: then it goes on from there when the message is offered again.
         */
        private boolean fanOut(final DirectBuffer buffer, final int offset, final int length) {
            if (!isFanOut) {
                return true;
            }
            final Session[] all = addressed == null ? receivers : addressed;
            for (; fannedOut < all.length; fannedOut++) {
                final Session receiver = all[fannedOut];
                if (receiver.joinedPhase == runAndPhase
                        && receiver.sendFromAny(buffer, offset, length) == SendStatus.BACK_PRESSURED) {
                    addressed = all;
                    return false;
                }
            }
            addressed = null;
            fannedOut = 0;
            return true;
        }

        /** What goes to a receiver may come from the thread of any other connection: one at a time. */
        private synchronized SendStatus sendFromAny(final DirectBuffer buffer, final int offset, final int length) {
            return send(buffer, offset, length);
        }

        /** From now on messages of others go to it, or do not. */
        void join(final boolean isReceiver) {
            final boolean hadJoined = joinedPhase != NOT_JOINED;
            joinedPhase = isReceiver ? runAndPhase : NOT_JOINED;
            if (isReceiver != hadJoined) {
                joinOrLeave(this, isReceiver);
            }
        }

        /** Once for each message, though it may be offered again because its answer was not taken. */
        private void work(final DirectBuffer buffer, final int offset) {
            final long sequence = BenchmarkFrame.sequence(buffer, offset);
            if (sequence != worked) {
                worked = sequence;
                serviceTime.work(sequence);
            }
        }

        Delivery onOther(final DirectBuffer buffer, final int offset, final int length) {
            if (isObeying && ControlFrame.isControl(buffer, offset, length)) {
                return onControl(buffer, offset);
            }
            if (messageBytes < 0) {
                if (send(buffer, offset, length) == SendStatus.BACK_PRESSURED) {
                    return Delivery.RETRY;
                }
                messages.increment();
                bytes.add(length);
                return Delivery.CONSUMED;
            }
            wrongOnes++;
            return Delivery.CONSUMED;
        }

        private Delivery onControl(final DirectBuffer buffer, final int offset) {
            final ControlFrame.Kind kind = ControlFrame.kind(buffer, offset);
            if (kind == ControlFrame.Kind.PROGRESS) {
                wrongOnes++;
                return Delivery.CONSUMED;
            }
            final int meantRun = ControlFrame.meantRun(buffer, offset);
            final int meantPhase = ControlFrame.meantPhase(buffer, offset);
            final boolean isCurrent = messageBytes >= 0 && meantRun == run && meantPhase == phase;
            // A repeated BEGIN finds the phase begun; counting from 0 again would lose what came between.
            if (kind == ControlFrame.Kind.BEGIN && !isCurrent) {
                begin(meantRun, meantPhase, buffer, offset);
            }
            publish();
            return sendProgress(BenchmarkFrame.sequence(buffer, offset)) == SendStatus.BACK_PRESSURED
                    ? Delivery.RETRY
                    : Delivery.CONSUMED;
        }

        private void begin(final int meantRun, final int meantPhase, final DirectBuffer buffer, final int offset) {
            publish();
            run = meantRun;
            phase = meantPhase;
            // As the header has it in its first eight bytes, so that one comparison serves both.
            BenchmarkFrame.writeHeader(answer, 0, run, phase, 0, 0, 0);
            runAndPhase = answer.getLong(0, ByteOrder.LITTLE_ENDIAN);
            messageBytes = ControlFrame.messageBytes(buffer, offset);
            final int role = ControlFrame.role(buffer, offset);
            isSink = (role & SINK_BIT) != 0;
            isFanOut = (role & FAN_OUT_BIT) != 0;
            isEcho = !isSink && !isFanOut;
            isContentChecked = (role & CONTENT_BIT) != 0;
            creditEvery = Math.max(1, ControlFrame.creditEvery(buffer, offset));
            untilCredit = creditEvery;
            worked = -1;
            addressed = null;
            fannedOut = 0;
            join(isFanOut);
            arrived = 0;
            next = 0;
            wrongOnes = 0;
            outOfOrder = 0;
            publishedArrived = 0;
            publishedWrong = 0;
        }

        private void credit() {
            publish();
            // Back-pressured: tried again with the next message, or when the client asks.
            untilCredit = sendProgress(-1) == SendStatus.BACK_PRESSURED ? 1 : creditEvery;
        }

        private SendStatus sendProgress(final long request) {
            ControlFrame.writeProgress(answer, request, run, phase, arrived, next, wrongOnes, outOfOrder);
            final SendStatus status =
                    isFanOut ? sendFromAny(answer, 0, ControlFrame.BYTES) : send(answer, 0, ControlFrame.BYTES);
            if (status == SendStatus.ACCEPTED) {
                connection.flush();
            }
            return status;
        }

        private SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
            final SendStatus status = connection.send(buffer, offset, length);
            if (isFlushedInCallback) {
                connection.flush();
            } else if (!isOwing) {
                isOwing = true;
                owing.add(this);
            }
            return status;
        }

        void publish() {
            final long newMessages = arrived - publishedArrived;
            if (newMessages > 0) {
                messages.add(newMessages);
                bytes.add(newMessages * messageBytes);
            }
            wrong.add(wrongOnes - publishedWrong);
            publishedArrived = arrived;
            publishedWrong = wrongOnes;
        }
    }
}
