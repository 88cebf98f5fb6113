package io.fizeau.transports.http.jdk;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.transports.framing.FrameReader;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.loop.LivingConnection;
import io.fizeau.transports.tls.context.TlsErrors;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One session, seen from the connecting end: a request under way at a time, and meanwhile the next one's body comes together. What the
 * sending and the delivering thread and the client's own share is under the connection's lock; callbacks run without it.
 */
final class JdkConnection extends LivingConnection {
    private static final long READ_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final JdkNode node;
    private final HttpOptions options;
    private final HostPort remote;
    private final Lifecycle life;
    private final FrameReader reader;
    private final ReceiveBuffer in =
            ReceiveBuffer.onHeap(0); // whoever has the answer: the client, then the polling thread
    private final AtomicBoolean isQueued = new AtomicBoolean();

    // Under the lock.
    private FrameWriter filling;
    private FrameWriter leaving;
    private boolean isMyTurn;
    private long sentNs = System.nanoTime();
    private long quietSinceNs;
    private long quietNs;
    private @Nullable CompletableFuture<?> underWay;
    private @Nullable URI session;
    private int status;
    private @Nullable Throwable failure;
    private @Nullable ProtocolException breach;
    private volatile boolean hasAnswer;

    // The polling thread.
    private boolean isRetrying;
    private boolean isConsuming;

    JdkConnection(
            final JdkNode node, final HttpOptions options, final HostPort remote, final ConnectionHandler handler) {
        super(options.transport(), remote, Driving.CALLER, options.maxMessageBytes());
        this.node = node;
        this.options = options;
        this.remote = remote;
        this.life = new Lifecycle(this, handler, node.context().errors(), this::release, true);
        this.reader = new FrameReader(this, handler, life, options.maxMessageBytes());
        this.filling = FrameWriter.onHeap(options.bodyBytes());
        this.leaving = FrameWriter.onHeap(options.bodyBytes());
        this.quietNs = options.quietNs();
    }

    /** Asks for a session, once it is known whether anybody is there. */
    synchronized void open(final @Nullable Throwable greeting) {
        if (greeting != null) {
            onAnswered(null, greeting);
        } else if (!life.isClosed()) {
            post(
                    node.uri(remote, Protocol.OPEN),
                    HttpRequest.BodyPublishers.ofByteArray(Framing.introduction(options.maxMessageBytes())));
        }
    }

    /** Sends what has come together, or nothing. Under the lock, in this end's turn. */
    private void takeTurn() {
        final URI to = session;
        if (to == null) {
            return;
        }
        isMyTurn = false;
        if (filling.isEmpty() || status == Protocol.NOT_CONSUMED) {
            post(to, HttpRequest.BodyPublishers.noBody());
            return;
        }
        final FrameWriter full = filling;
        filling = leaving;
        leaving = full;
        post(
                to,
                HttpRequest.BodyPublishers.ofByteArray(
                        full.unwritten().array(), full.unwrittenOffset(), full.unwrittenBytes()));
    }

    private void post(final URI uri, final HttpRequest.BodyPublisher body) {
        sentNs = System.nanoTime();
        final CompletableFuture<HttpResponse<Boolean>> sent = node.client()
                .sendAsync(
                        HttpRequest.newBuilder(uri).POST(body).build(),
                        info -> new BodyInto(in, options.bodyBytes() + Protocol.NAME_BYTES, this::onTooLong));
        underWay = sent;
        // Whatever goes wrong comes to onAnswered.
        final CompletableFuture<?> unused = sent.whenComplete(this::onAnswered);
    }

    /** Only a request that is cancelled takes its connection with it; an answer that is not read to its end would keep it. */
    private void onTooLong(final ProtocolException found) {
        final CompletableFuture<?> request;
        synchronized (this) {
            breach = found;
            request = underWay;
        }
        if (request != null) {
            request.cancel(true);
        }
    }

    private void onAnswered(final @Nullable HttpResponse<Boolean> answer, final @Nullable Throwable thrown) {
        synchronized (this) {
            underWay = null;
            leaving.clear();
            failure = breach == null ? thrown : breach;
            status = answer == null ? 0 : answer.statusCode();
            if (status == Protocol.OK && in.available() == 0 && !filling.isEmpty() && life.isOpen()) {
                // Nothing to deliver: what has come together meanwhile goes on without waiting for a poll.
                takeTurn();
                return;
            }
            hasAnswer = true;
        }
        node.onAnswered(this);
    }

    @Override
    public int poll(final int limit) {
        if (life.state() != ConnectionState.OPEN) {
            return 0;
        }
        if (hasAnswer || isConsuming) {
            node.tick(System.nanoTime());
        } else {
            node.await(READ_TIMEOUT_NS, this::isDue);
        }
        return work(limit);
    }

    private boolean isDue() {
        return hasAnswer || life.isClosed();
    }

    /**
     * Delivers what has come.
     *
     * @param limit how many messages at the most.
     * @return how many were consumed.
     */
    int work(final int limit) {
        if (life.isClosed()) {
            return 0;
        }
        if (!isConsuming) {
            if (!hasAnswer) {
                return 0;
            }
            hasAnswer = false;
            if (!isFit()) {
                return 0;
            }
            isConsuming = true;
            if (life.state() == ConnectionState.CONNECTING) {
                open();
            }
        }
        return deliver(limit);
    }

    /** Whether the answer is one that this protocol knows; else closes. */
    private boolean isFit() {
        final boolean isOpening = life.state() == ConnectionState.CONNECTING;
        final int answered;
        final Throwable thrown;
        synchronized (this) {
            answered = status;
            thrown = failure;
        }
        if (thrown != null) {
            return failed(isOpening, thrown);
        }
        if (isOpening) {
            return (answered == Protocol.CREATED && in.available() >= Protocol.NAME_BYTES)
                    || (answered == Protocol.FULL ? closed(CloseReason.UNREACHABLE) : refused(answered));
        }
        return switch (answered) {
            case Protocol.OK, Protocol.NOT_CONSUMED, Protocol.GONE -> true;
            case Protocol.UNKNOWN, Protocol.FULL -> closed(CloseReason.PEER_LOST);
            default -> refused(answered);
        };
    }

    private boolean failed(final boolean isOpening, final Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException refusal) {
                return refused(TlsErrors.reason(refusal));
            }
            if (cause instanceof ProtocolException refusal) {
                return refused(String.valueOf(refusal.getMessage()));
            }
        }
        return closed(isOpening ? CloseReason.UNREACHABLE : CloseReason.PEER_LOST);
    }

    private boolean refused(final int answered) {
        return refused("it answered with the status " + answered + ", which is none of this protocol");
    }

    private boolean refused(final String why) {
        node.context()
                .errors()
                .onError(new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        options.transport() + " refused " + remote.text() + ": " + why));
        return closed(CloseReason.PROTOCOL_ERROR);
    }

    private boolean closed(final CloseReason reason) {
        life.close(reason);
        return false;
    }

    private void open() {
        final byte[] name = new byte[Protocol.NAME_BYTES];
        in.read(name);
        synchronized (this) {
            session = node.uri(remote, Protocol.SESSIONS + new String(name, StandardCharsets.US_ASCII));
            status = Protocol.OK;
        }
        life.open();
    }

    private int deliver(final int limit) {
        isRetrying = false;
        if (!life.enter()) {
            return 0;
        }
        int messages = 0;
        try {
            messages = reader.deliver(in, limit);
        } catch (final Throwable t) {
            life.fail(t);
        }
        life.leave();
        if (!life.isOpen()) {
            return messages;
        }
        if (in.available() == 0) {
            isConsuming = false;
            in.clear();
            onConsumed(messages);
        } else if (reader.outcome() == FrameReader.Outcome.RETRY) {
            isRetrying = true;
        } else if (reader.outcome() != FrameReader.Outcome.LIMIT) {
            refused("its answer is no row of messages of at most maxMessage=" + options.maxMessageBytes() + " bytes");
        }
        return messages;
    }

    /** The answer is dealt with: this end's turn. */
    private void onConsumed(final int messages) {
        final boolean isGone;
        synchronized (this) {
            isGone = status == Protocol.GONE;
            isMyTurn = !isGone;
            if (messages > 0) {
                quietNs = options.quietNs();
            }
            if (isMyTurn && (status == Protocol.NOT_CONSUMED || !filling.isEmpty())) {
                takeTurn();
            } else {
                quietSinceNs = System.nanoTime();
            }
        }
        if (isGone) {
            life.close(CloseReason.PEER_CLOSED);
        }
    }

    /** Looks at the clock. By the polling thread. */
    void tick(final long nowNs) {
        boolean isLate = false;
        synchronized (this) {
            if (isMyTurn) {
                if (nowNs - quietSinceNs >= quietNs) {
                    quietNs = Math.min(2 * quietNs, options.longestQuietNs());
                    takeTurn();
                }
            } else if (!hasAnswer && !isConsuming) {
                isLate = nowNs - sentNs > (session == null ? options.connectTimeoutNs() : options.livenessNs());
            }
        }
        if (isLate) {
            life.close(life.state() == ConnectionState.CONNECTING ? CloseReason.UNREACHABLE : CloseReason.PEER_LOST);
        }
    }

    @Override
    public synchronized SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
        if (!life.isOpen()) {
            return notOpen();
        }
        if (length > maxMessageBytes()) {
            return SendStatus.TOO_LONG;
        }
        if (!filling.append(buffer, offset, length)
                && !(filling.grow(length) && filling.append(buffer, offset, length))) {
            return SendStatus.BACK_PRESSURED;
        }
        quietNs = options.quietNs();
        if (isMyTurn && !options.isGathering()) {
            takeTurn();
        }
        return SendStatus.ACCEPTED;
    }

    @Override
    public synchronized SendStatus flush() {
        if (!life.isOpen()) {
            return notOpen();
        }
        if (isMyTurn && !filling.isEmpty()) {
            takeTurn();
        }
        return filling.isEmpty() ? SendStatus.ACCEPTED : SendStatus.BACK_PRESSURED;
    }

    private SendStatus notOpen() {
        return life.state() == ConnectionState.CONNECTING ? SendStatus.NOT_CONNECTED : SendStatus.CLOSED;
    }

    private void release() {
        final CompletableFuture<?> request;
        final URI left;
        synchronized (this) {
            request = underWay;
            left = session;
        }
        if (request != null) {
            request.cancel(true);
        }
        final CloseReason reason = life.closeReason();
        if (left != null && reason != CloseReason.PEER_CLOSED && reason != CloseReason.PEER_LOST) {
            node.farewell(left);
        }
        node.forget(this);
    }

    boolean enqueue() {
        return isQueued.compareAndSet(false, true);
    }

    void dequeued() {
        isQueued.set(false);
    }

    boolean hasUndelivered() {
        return isConsuming && life.isOpen();
    }

    boolean isRetrying() {
        return isRetrying;
    }

    @Override
    protected Lifecycle life() {
        return life;
    }
}
