package io.fizeau.transports.datagram.node;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of the transports over datagrams, read once when a node opens. Immutable and thread-safe.
 *
 * @param session what the datagram layer is told.
 * @param receiveBufferBytes the kernel's buffer for receiving that is asked for, 0 for the system's choice.
 * @param sendBufferBytes the same for sending.
 */
public record DatagramOptions(SessionSettings session, int receiveBufferBytes, int sendBufferBytes) {
    /** The longest message, where one may be longer than a datagram. */
    public static final Option<Integer> MAX_MESSAGE =
            Option.bytes("maxMessage", 64 << 10, 1, 1 << 20, "longest message in bytes, the same at both ends");

    /** The longest datagram. */
    public static final Option<Integer> MTU = Option.bytes(
            "mtu",
            1472,
            256,
            65_507,
            "longest datagram in bytes, without the headers of IP and UDP; the same at both ends");

    /** How much is on the way, where more than one datagram may be. */
    public static final Option<Integer> WINDOW = Option.integer(
            "window",
            128,
            2,
            16_384,
            "how many datagrams a receiver keeps, and a sender sends ahead; the same at both ends");

    /** How long connecting may take. */
    public static final Option<Duration> CONNECT_TIMEOUT = Option.duration(
            "connectTimeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMinutes(5),
            "how long a connect may take");

    /** How soon a vanished peer is noticed. */
    public static final Option<Duration> LIVENESS = Option.duration(
            "liveness",
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofHours(1),
            "after how long a silence, in which it was asked several times, the peer is lost");

    /** The kernel's buffer for receiving. */
    public static final Option<Integer> RECEIVE_BUFFER = Option.bytes(
            "receiveBuffer",
            2 << 20,
            0,
            1 << 30,
            "SO_RCVBUF in bytes, 0 for the system's choice; net.core.rmem_max caps it");

    /** The kernel's buffer for sending. */
    public static final Option<Integer> SEND_BUFFER = Option.bytes(
            "sendBuffer",
            2 << 20,
            0,
            1 << 30,
            "SO_SNDBUF in bytes, 0 for the system's choice; net.core.wmem_max caps it");

    /** How many datagrams a receiver keeps where that is no option. */
    private static final int FIXED_WINDOW = 32;

    static List<Option<?>> all(final List<Option<?>> own, final boolean fragments, final boolean isWindowed) {
        final List<Option<?>> all = new ArrayList<>(own);
        if (fragments) {
            all.add(MAX_MESSAGE);
        }
        all.add(MTU);
        if (isWindowed) {
            all.add(WINDOW);
        }
        all.addAll(List.of(CONNECT_TIMEOUT, LIVENESS, RECEIVE_BUFFER, SEND_BUFFER));
        return List.copyOf(all);
    }

    static DatagramOptions of(final Settings settings, final MechanismKind kind, final boolean isWindowed) {
        final int mtu = settings.get(MTU);
        return new DatagramOptions(
                new SessionSettings(
                        kind,
                        kind.fragments() ? settings.get(MAX_MESSAGE) : mtu - kind.overheadBytes(),
                        mtu,
                        isWindowed ? settings.get(WINDOW) : FIXED_WINDOW,
                        settings.get(CommonOptions.SENDS) == Sends.GATHERED,
                        true,
                        settings.get(CONNECT_TIMEOUT).toNanos(),
                        settings.get(LIVENESS).toNanos()),
                settings.get(RECEIVE_BUFFER),
                settings.get(SEND_BUFFER));
    }

    void applyTo(final DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        if (sendBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
    }
}
