package io.fizeau.transports.http.protocol;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.socket.SocketOptions;
import java.time.Duration;
import java.util.List;

/**
 * The options that the transports over HTTP share, read once when a node opens. Immutable and thread-safe.
 *
 * <p><b>Liveness.</b> A connecting end that is polled sends a request at least four times in the liveness time; a session of which
 * nothing is heard for as long is over, as is one whose request is not answered for as long. A client over the loop binds its session
 * to its connection, and then the end of that is noticed at once.
 *
 * @param transport the transport's name, for messages.
 * @param isHttp2 whether it has to be HTTP/2.
 * @param maxMessageBytes the longest message.
 * @param isGathering whether a message may wait for a flush.
 * @param connectTimeoutNs how long opening may take, and a connection's first request.
 * @param livenessNs within what time a dead peer is noticed.
 * @param quietNs after what time without a request the connecting end sends an empty one.
 * @param requestTimeoutNs how long a request may take to come in full.
 * @param maxHeaderBytes how long a request's line and header may be.
 * @param maxConnections how many connections a listener has at the most.
 * @param maxSessions how many sessions a listener has at the most.
 * @param sendBufferBytes the kernel's buffer for sending, 0 for the system's choice.
 * @param receiveBufferBytes the kernel's buffer for receiving, 0 for the system's choice.
 * @param backlog how many connects may wait to be accepted.
 */
public record HttpOptions(
        String transport,
        boolean isHttp2,
        int maxMessageBytes,
        boolean isGathering,
        long connectTimeoutNs,
        long livenessNs,
        long quietNs,
        long requestTimeoutNs,
        int maxHeaderBytes,
        int maxConnections,
        int maxSessions,
        int sendBufferBytes,
        int receiveBufferBytes,
        int backlog) {
    /** How soon a dead peer is noticed. */
    public static final Option<Duration> LIVENESS = Option.duration(
            "liveness",
            Duration.ofSeconds(4),
            Duration.ofMillis(400),
            Duration.ofHours(1),
            "within what time a peer that says nothing is taken for dead, the same at both ends");

    /** How soon an empty request follows. */
    public static final Option<Duration> QUIET = Option.duration(
            "quiet",
            Duration.ofMillis(20),
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            "after what time without a request an empty one asks for what the listening end has to say; longer each time, up to a quarter of liveness");

    /** How long a request may take. */
    public static final Option<Duration> REQUEST_TIMEOUT = Option.duration(
            "requestTimeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofMinutes(5),
            "how long a request may take to come in full");

    /** How long a header may be. */
    public static final Option<Integer> MAX_HEADER = Option.bytes(
            "maxHeader", 8 << 10, 1 << 10, 64 << 10, "how long a request's line and header may be, in bytes");

    /** How many connections. */
    public static final Option<Integer> MAX_CONNECTIONS =
            Option.integer("maxConnections", 16_384, 1, 1 << 20, "how many connections a listener has at the most");

    /** How many sessions. */
    public static final Option<Integer> MAX_SESSIONS =
            Option.integer("maxSessions", 16_384, 1, 1 << 20, "how many sessions a listener has at the most");

    private static final List<Option<?>> ALL = List.of(
            SocketOptions.MAX_MESSAGE,
            SocketOptions.CONNECT_TIMEOUT,
            LIVENESS,
            QUIET,
            REQUEST_TIMEOUT,
            MAX_HEADER,
            MAX_CONNECTIONS,
            MAX_SESSIONS,
            SocketOptions.SEND_BUFFER,
            SocketOptions.RECEIVE_BUFFER,
            SocketOptions.BACKLOG);

    private static final int SIGNS_OF_LIFE = 4;

    /**
     * All of them.
     *
     * @return an unmodifiable list, in the order in which they are shown.
     */
    public static List<Option<?>> all() {
        return ALL;
    }

    /**
     * Reads the values.
     *
     * @param transport the transport's name.
     * @param isHttp2 whether it has to be HTTP/2.
     * @param settings values for {@link #all()} and the common options.
     * @return the values.
     */
    public static HttpOptions of(final String transport, final boolean isHttp2, final Settings settings) {
        return new HttpOptions(
                transport,
                isHttp2,
                settings.get(SocketOptions.MAX_MESSAGE),
                settings.get(CommonOptions.SENDS) == Sends.GATHERED,
                settings.get(SocketOptions.CONNECT_TIMEOUT).toNanos(),
                settings.get(LIVENESS).toNanos(),
                settings.get(QUIET).toNanos(),
                settings.get(REQUEST_TIMEOUT).toNanos(),
                settings.get(MAX_HEADER),
                settings.get(MAX_CONNECTIONS),
                settings.get(MAX_SESSIONS),
                settings.get(SocketOptions.SEND_BUFFER),
                settings.get(SocketOptions.RECEIVE_BUFFER),
                settings.get(SocketOptions.BACKLOG));
    }

    /**
     * How long a body may be.
     *
     * @return bytes.
     */
    public int bodyBytes() {
        return Protocol.bodyBytes(maxMessageBytes);
    }

    /**
     * At least how often the connecting end sends a request.
     *
     * @return nanoseconds.
     */
    public long longestQuietNs() {
        return livenessNs / SIGNS_OF_LIFE;
    }

    /**
     * How long the listening end waits for its handler before it answers that not all is consumed.
     *
     * @return nanoseconds.
     */
    public long holdNs() {
        return livenessNs / SIGNS_OF_LIFE;
    }
}
