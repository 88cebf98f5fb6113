package io.fizeau.transports.http.server;

import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's own listener to a connection of HTTP/2, and beside it a count of those that break the protocol: frames that are none, headers
 * without end, too many of what costs the peer nothing. Jetty leaves such a connection without a request to show for it.
 */
final class H2Sessions implements ServerSessionListener {
    private final ServerSessionListener jetty;
    private final EndPoints endPoints;
    private final EndPoint endPoint;

    H2Sessions(final ServerSessionListener jetty, final EndPoints endPoints, final EndPoint endPoint) {
        this.jetty = jetty;
        this.endPoints = endPoints;
        this.endPoint = endPoint;
    }

    @Override
    public void onFailure(final Session session, final Throwable failure, final Callback callback) {
        final String said = String.valueOf(failure.getMessage());
        final EndPoints.Watch watch = endPoints.of(endPoint);
        if (watch != null && isBreach(said)) {
            watch.refuse("it broke the protocol: " + said);
        }
        jetty.onFailure(session, failure, callback);
    }

    /** What this end found wrong starts with the name of an error of HTTP/2; what the network did does not. */
    private static boolean isBreach(final String said) {
        for (final ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.NO_ERROR && said.startsWith(code.name().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onAccept(final Session session) {
        jetty.onAccept(session);
    }

    @Override
    public Map<Integer, Integer> onPreface(final Session session) {
        return jetty.onPreface(session);
    }

    @Override
    public Stream.Listener onNewStream(final Stream stream, final HeadersFrame frame) {
        return jetty.onNewStream(stream, frame);
    }

    @Override
    public void onSettings(final Session session, final SettingsFrame frame) {
        jetty.onSettings(session, frame);
    }

    @Override
    public void onPing(final Session session, final PingFrame frame) {
        jetty.onPing(session, frame);
    }

    @Override
    public void onReset(final Session session, final ResetFrame frame) {
        jetty.onReset(session, frame);
    }

    @Override
    public void onGoAway(final Session session, final GoAwayFrame frame) {
        jetty.onGoAway(session, frame);
    }

    @Override
    public void onClose(final Session session, final GoAwayFrame frame, final Callback callback) {
        jetty.onClose(session, frame, callback);
    }

    @Override
    public boolean onIdleTimeout(final Session session) {
        return jetty.onIdleTimeout(session);
    }
}
