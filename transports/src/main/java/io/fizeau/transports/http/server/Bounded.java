package io.fizeau.transports.http.server;

import io.fizeau.transports.http.protocol.HttpOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request with a body from its header to the end of its answer, and how long either may take: its body {@code requestTimeout}, and
 * the peer to take the answer {@code liveness}.
 */
abstract class Bounded implements BodyCopy.Reader {
    /** What the peer has to do. */
    private enum Duty {
        SEND,
        NOTHING,
        READ
    }

    private final Front front;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private volatile Duty duty = Duty.SEND; // whoever reads and answers, as the next one
    private volatile long sinceNs = System.nanoTime();
    private volatile boolean isTooSlow; // the sweeping thread

    Bounded(final Front front, final Request request, final Response response, final Callback callback) {
        this.front = front;
        this.request = request;
        this.response = response;
        this.callback = Callback.from(() -> front.underWay().end(this), callback);
    }

    /** Reads its body, which {@link #onBody} and the others are told about. */
    final void read(final BodyCopy body) {
        front.underWay().begin(this);
        body.run();
    }

    /** The body is in: for what follows, the peer is not to blame. */
    final void bodyIsIn() {
        duty = Duty.NOTHING;
    }

    /** Answers with a status and a body. */
    final void answer(final int status, final ByteBuffer body, final Callback written) {
        mustBeRead();
        response.setStatus(status);
        response.write(true, body, written);
    }

    /** Refuses it, counted and named. */
    final void refuse(final int status, final String why) {
        mustBeRead();
        front.refuse(request, response, callback, status, why);
    }

    private void mustBeRead() {
        sinceNs = System.nanoTime();
        duty = Duty.READ;
    }

    /** Whether it was given up because its peer has taken too long. */
    final boolean isTooSlow() {
        return isTooSlow;
    }

    /** Gives it up if its peer takes too long. */
    final void expire(final long nowNs) {
        final HttpOptions options = front.options();
        final Duty now = duty;
        final long forNs = nowNs - sinceNs;
        if (isTooSlow) {
            return;
        }
        if (now == Duty.SEND && forNs > options.requestTimeoutNs()) {
            isTooSlow = true;
            request.fail(new HttpException.RuntimeException(
                    HttpStatus.REQUEST_TIMEOUT_408,
                    "its body was not complete within requestTimeout=" + ms(options.requestTimeoutNs()) + "ms"));
        } else if (now == Duty.READ && forNs > options.livenessNs()) {
            isTooSlow = true;
            request.fail(new TimeoutException(
                    "its answer was not taken within liveness=" + ms(options.livenessNs()) + "ms"));
        }
    }

    private static long ms(final long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }

    final Front front() {
        return front;
    }

    final Request request() {
        return request;
    }

    final Callback callback() {
        return callback;
    }
}
