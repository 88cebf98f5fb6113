package io.fizeau.transports.socket;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.framing.Framing;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * The options of a transport over TCP, read once when its node opens. Immutable and thread-safe.
 *
 * <p><b>Liveness.</b> A peer that closes or whose process dies is noticed at once, because its kernel says so. A host that
 * vanishes says nothing: the kernel's keep-alive probes find it within the time of the option {@link #LIVENESS} on a connection that is quiet. While
 * data is on its way unacknowledged, Linux sends no such probes and gives up only after {@code tcp_retries2} retransmissions
 * (about a quarter of an hour by default); {@code TCP_USER_TIMEOUT}, which would bound that, cannot be set from Java.
 *
 * @param maxMessageBytes the longest message.
 * @param gathersBytes how much a sender gathers before it writes, or 0 if each message is written at once.
 * @param connectTimeoutNs how long a connect may take, and how long an accepted peer may take to introduce itself.
 * @param livenessNs within what time a vanished host is noticed.
 * @param noDelay whether TCP sends small segments at once.
 * @param sendBufferBytes the kernel's buffer for sending, 0 for the system's choice.
 * @param receiveBufferBytes the kernel's buffer for receiving, 0 for the system's choice.
 * @param backlog how many connects may wait to be accepted.
 */
public record SocketOptions(
        int maxMessageBytes,
        int gathersBytes,
        long connectTimeoutNs,
        long livenessNs,
        boolean noDelay,
        int sendBufferBytes,
        int receiveBufferBytes,
        int backlog) {
    /** The longest message. */
    public static final Option<Integer> MAX_MESSAGE = Option.bytes(
            "maxMessage", 1 << 20, 1, Framing.LONGEST_MESSAGE_BYTES, "longest message in bytes, the same at both ends");

    /** How much is gathered. */
    public static final Option<Integer> GATHER = Option.bytes(
            "gatherBytes",
            64 << 10,
            1 << 10,
            16 << 20,
            "with sends=gathered, how many bytes are gathered before a write");

    /** How long connecting may take. */
    public static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
            "connectTimeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            "how long a connect may take, and an accepted peer's first bytes");

    /** How soon a vanished host is noticed. */
    public static final Option<Duration> LIVENESS = Option.duration(
            "liveness",
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofHours(1),
            "within what time keep-alive probes find that a quiet peer's host has vanished, in whole seconds");

    /** Nagle's algorithm off. */
    public static final Option<Boolean> NO_DELAY =
            Option.flag("noDelay", true, "TCP_NODELAY: small messages leave at once");

    /** The kernel's buffer for sending. */
    public static final Option<Integer> SEND_BUFFER =
            Option.bytes("sendBuffer", 0, 0, 1 << 30, "SO_SNDBUF in bytes, 0 for the system's choice");

    /** The kernel's buffer for receiving. */
    public static final Option<Integer> RECEIVE_BUFFER =
            Option.bytes("receiveBuffer", 0, 0, 1 << 30, "SO_RCVBUF in bytes, 0 for the system's choice");

    /** How many connects may wait. */
    public static final Option<Integer> BACKLOG = Option.integer(
            "backlog", 1024, 1, 65_535, "how many connects may wait to be accepted (net.core.somaxconn caps it)");

    private static final List<Option<?>> ALL =
            List.of(MAX_MESSAGE, GATHER, CONNECT_TIMEOUT, LIVENESS, NO_DELAY, SEND_BUFFER, RECEIVE_BUFFER, BACKLOG);

    private static final int MOST_PROBES = 5;

    /** A socket of either API, as far as setting options goes. */
    @FunctionalInterface
    public interface Target {
        /**
         * Sets one option.
         *
         * @param option the option.
         * @param value its value.
         * @param <T> its type.
         * @throws IOException if the socket refuses.
         */
        <T> void set(SocketOption<T> option, T value) throws IOException;
    }

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
     * @param settings values for {@link #all()} and the common options.
     * @return the values.
     */
    public static SocketOptions of(final Settings settings) {
        return new SocketOptions(
                settings.get(MAX_MESSAGE),
                settings.get(CommonOptions.SENDS) == Sends.GATHERED ? settings.get(GATHER) : 0,
                settings.get(CONNECT_TIMEOUT).toNanos(),
                Duration.ofSeconds(settings.get(LIVENESS).toSeconds()).toNanos(),
                settings.get(NO_DELAY),
                settings.get(SEND_BUFFER),
                settings.get(RECEIVE_BUFFER),
                settings.get(BACKLOG));
    }

    /**
     * Sets what a connected socket needs; before it connects, so that the buffers count in TCP's window scale.
     *
     * @param target the socket.
     * @param supported the options it knows.
     * @throws IOException if the socket refuses one.
     */
    public void applyTo(final Target target, final Set<SocketOption<?>> supported) throws IOException {
        target.set(StandardSocketOptions.TCP_NODELAY, noDelay);
        if (sendBufferBytes > 0) {
            target.set(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
        applyReceiveBuffer(target);
        target.set(StandardSocketOptions.SO_KEEPALIVE, true);
        if (supported.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            // First probe after idle seconds, then one each interval, lost after the last: together the liveness time.
            final int seconds = (int) Duration.ofNanos(livenessNs).toSeconds();
            final int interval = Math.max(1, seconds / (2 * MOST_PROBES));
            final int probes = Math.min(MOST_PROBES, (seconds - 1) / interval);
            target.set(ExtendedSocketOptions.TCP_KEEPINTERVAL, interval);
            target.set(ExtendedSocketOptions.TCP_KEEPCOUNT, probes);
            target.set(ExtendedSocketOptions.TCP_KEEPIDLE, seconds - probes * interval);
        }
    }

    /**
     * Sets the receive buffer only: on a listening socket, whose connections inherit it.
     *
     * @param target the socket.
     * @throws IOException if the socket refuses.
     */
    public void applyReceiveBuffer(final Target target) throws IOException {
        if (receiveBufferBytes > 0) {
            target.set(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
    }
}
