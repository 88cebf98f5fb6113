package io.fizeau.transports.uds;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.socket.SocketOptions;
import java.util.List;

/**
 * The options of {@code uds}, read once when its node opens.
 *
 * @param maxMessageBytes the longest message.
 * @param gathersBytes how much a sender gathers before it writes, or 0 if each message is written at once.
 * @param connectTimeoutNs how long a connect may take, and how long an accepted peer may take to introduce itself.
 * @param sendBufferBytes how much the kernel holds for a peer that does not read, 0 for the system's choice.
 * @param backlog how many connects may wait to be accepted.
 */
record UnixOptions(int maxMessageBytes, int gathersBytes, long connectTimeoutNs, int sendBufferBytes, int backlog) {
    /** A connect that finds the queue full fails at once, where TCP would try again: so the queue is as long as systems allow. */
    private static final Option<Integer> BACKLOG = Option.integer(
            "backlog",
            4096,
            1,
            65_535,
            "how many connects may wait to be accepted, more are refused (net.core.somaxconn caps it)");

    private static final List<Option<?>> ALL = List.of(
            SocketOptions.MAX_MESSAGE,
            SocketOptions.GATHER,
            SocketOptions.CONNECT_TIMEOUT,
            SocketOptions.SEND_BUFFER,
            BACKLOG);

    static List<Option<?>> all() {
        return ALL;
    }

    static UnixOptions of(final Settings settings) {
        return new UnixOptions(
                settings.get(SocketOptions.MAX_MESSAGE),
                settings.get(CommonOptions.SENDS) == Sends.GATHERED ? settings.get(SocketOptions.GATHER) : 0,
                settings.get(SocketOptions.CONNECT_TIMEOUT).toNanos(),
                settings.get(SocketOptions.SEND_BUFFER),
                settings.get(BACKLOG));
    }
}
