package io.fizeau.transports.http.server;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.http.protocol.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One request of a session, from its header to its answer: reads the body, delivers what is in it, and answers with what the session
 * has to say. If the handler wants a message again, it gets it again each millisecond until it takes it, the session has something to
 * say, or the peer must hear a sign of life.
 */
final class Exchange extends Bounded {
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ServerSession session;

    Exchange(
            final Front front,
            final ServerSession session,
            final Request request,
            final Response response,
            final Callback callback) {
        super(front, request, response, callback);
        this.session = session;
    }

    void start() {
        if (!session.begin()) {
            session.end(CloseReason.PROTOCOL_ERROR);
            refuse(HttpStatus.CONFLICT_409, "two requests of a session at once");
            return;
        }
        // While something is left to be consumed, only an empty body may come.
        final int limitBytes =
                session.in().available() > 0 ? 0 : front().options().bodyBytes();
        if (request().getLength() > limitBytes) {
            onTooLong();
        } else {
            read(new BodyCopy(request(), session.in(), limitBytes, this));
        }
    }

    @Override
    public void onBody() {
        bodyIsIn();
        attempt(System.nanoTime() + front().options().holdNs());
    }

    private void attempt(final long untilNs) {
        final int status = session.deliver();
        if (status > 0) {
            answer(status);
        } else if (status < 0) {
            session.end(CloseReason.PROTOCOL_ERROR);
            refuse(
                    HttpStatus.BAD_REQUEST_400,
                    "its body is no row of messages of at most maxMessage="
                            + front().options().maxMessageBytes() + " bytes");
        } else if (System.nanoTime() - untilNs < 0) {
            front().later(RETRY_NS, () -> attempt(untilNs));
        } else {
            answer(Protocol.NOT_CONSUMED);
        }
    }

    @Override
    public void onTooLong() {
        session.end(CloseReason.PROTOCOL_ERROR);
        refuse(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "a body of more than " + front().options().bodyBytes()
                        + " bytes, or of more than 0 while something was left to be consumed");
    }

    @Override
    public void onBroken(final Throwable cause) {
        session.end(isTooSlow() ? CloseReason.PROTOCOL_ERROR : CloseReason.PEER_LOST);
        callback().failed(cause);
    }

    /** Answers when the last answer has left: a peer that reads none has one written, and the next one waits in its turn. */
    private void answer(final int status) {
        session.whenLeft(() -> write(status));
    }

    private void write(final int status) {
        if (session.closeReason() == CloseReason.PEER_LOST) {
            callback().failed(new IOException("the session's last answer did not leave"));
            return;
        }
        final ByteBuffer answer = session.endTurn();
        answer(
                status,
                answer,
                Callback.from(
                        () -> {
                            session.left(answer);
                            callback().succeeded();
                        },
                        failure -> {
                            session.end(CloseReason.PEER_LOST);
                            session.left(answer);
                            callback().failed(failure);
                        }));
    }
}
