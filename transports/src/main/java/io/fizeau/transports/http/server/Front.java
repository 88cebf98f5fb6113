package io.fizeau.transports.http.server;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.framing.Framing;
import io.fizeau.transports.http.protocol.HttpOptions;
import io.fizeau.transports.http.protocol.Protocol;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What Jetty calls with each request: knows the sessions' requests from all others, and refuses the others. It does not block, and says
 * so to Jetty, which then handles a request on the thread that found it instead of waking another one.
 */
final class Front extends Handler.Abstract.NonBlocking {
    private final HttpOptions options;
    private final Sessions sessions;
    private final EndPoints endPoints;
    private final Refusals refusals;
    private final ScheduledExecutorService timer;
    private final UnderWay underWay = new UnderWay();
    private final byte[] introduction;

    Front(
            final HttpOptions options,
            final Sessions sessions,
            final EndPoints endPoints,
            final Refusals refusals,
            final ScheduledExecutorService timer) {
        this.options = options;
        this.sessions = sessions;
        this.endPoints = endPoints;
        this.refusals = refusals;
        this.timer = timer;
        this.introduction = Framing.introduction(options.maxMessageBytes());
    }

    @Override
    public boolean handle(final Request request, final Response response, final Callback callback) {
        final String path = request.getHttpURI().getPath();
        final String method = request.getMethod();
        if (HttpMethod.GET.is(method) && Protocol.ROOT.equals(path)) {
            heard(request);
            response.write(true, null, callback);
        } else if (options.isHttp2() && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505,
                    "a session needs HTTP/2 here");
        } else if (path == null || !path.startsWith(Protocol.SESSIONS)) {
            refuse(request, response, callback, Protocol.UNKNOWN, "there is nothing at the path it asked for");
        } else if (HttpMethod.POST.is(method)) {
            post(path, request, response, callback);
        } else if (HttpMethod.DELETE.is(method)) {
            delete(path, request, response, callback);
        } else {
            refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "sessions take POST and DELETE only");
        }
        return true;
    }

    private void post(final String path, final Request request, final Response response, final Callback callback) {
        final ServerSession session = sessions.find(path.substring(Protocol.SESSIONS.length()));
        if (session != null) {
            heard(request);
            new Exchange(this, session, request, response, callback).start();
        } else if (Protocol.OPEN_BOUND.equals(path) || Protocol.OPEN.equals(path)) {
            new Opening(this, Protocol.OPEN_BOUND.equals(path), request, response, callback).start();
        } else {
            noSession(path, request, response, callback);
        }
    }

    private void delete(final String path, final Request request, final Response response, final Callback callback) {
        final ServerSession session = sessions.find(path.substring(Protocol.SESSIONS.length()));
        if (session == null) {
            noSession(path, request, response, callback);
            return;
        }
        heard(request);
        session.end(CloseReason.PEER_CLOSED);
        if (!options.isHttp2()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        response.write(true, null, callback);
    }

    private void noSession(final String path, final Request request, final Response response, final Callback callback) {
        if (sessions.isGone(path.substring(Protocol.SESSIONS.length()))) {
            heard(request);
            response.setStatus(Protocol.GONE);
            response.write(true, null, callback);
        } else {
            refuse(request, response, callback, Protocol.UNKNOWN, "there is no session of the name it gave");
        }
    }

    private void heard(final Request request) {
        final EndPoints.Watch watch = endPoints.of(request);
        if (watch != null) {
            watch.heard();
        }
    }

    /** Counts and names a request, and answers it with a status and the end of its connection. */
    void refuse(
            final Request request,
            final Response response,
            final Callback callback,
            final int status,
            final String why) {
        refused(request, why);
        response.setStatus(status);
        end(response);
        response.write(true, null, callback);
    }

    /** Where Jetty's own refusals come by: a request it could not parse, or one whose handling failed. */
    boolean onError(final Request request, final Response response, final Callback callback) {
        final Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        if (cause instanceof HttpException refusal) {
            refused(request, refusal.getCode() + " " + refusal.getReason());
        } else if (cause instanceof RuntimeException failure) {
            sessions.context().errors().onError(failure);
        }
        end(response);
        response.write(true, null, callback);
        return true;
    }

    private void refused(final Request request, final String why) {
        final EndPoints.@Nullable Watch watch = endPoints.of(request);
        if (watch == null) {
            refusals.refused(request.getConnectionMetaData().getRemoteSocketAddress(), why);
        } else {
            watch.refuse(why);
        }
    }

    private void end(final Response response) {
        if (response.getRequest().getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
    }

    /** Does something a while later, on a thread of Jetty's; not at all if the listener ends meanwhile. */
    void later(final long delayNs, final Runnable work) {
        try {
            // What becomes of it, the work itself tells the session.
            final var unused =
                    timer.schedule(() -> getServer().getThreadPool().execute(work), delayNs, TimeUnit.NANOSECONDS);
        } catch (final RejectedExecutionException e) {
            return; // it has ended, and the session with it
        }
    }

    HttpOptions options() {
        return options;
    }

    Sessions sessions() {
        return sessions;
    }

    UnderWay underWay() {
        return underWay;
    }

    EndPoints endPoints() {
        return endPoints;
    }

    byte[] introduction() {
        return introduction;
    }
}
