package io.fizeau.transports.link;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What TCP does on the routes of a link, without a change to the application (ip-route(8)): the kernel takes it from the route when
 * a connection begins. Immutable.
 *
 * @param congestion the congestion control, such as {@code reno}, {@code cubic} or {@code bbr}; empty for the system's.
 * @param rtoMinMs the least retransmission time-out in milliseconds, 1 to 60 000; 0 for the system's, which is 200.
 * @param quickAck whether each segment is acknowledged at once rather than up to 40 ms later.
 */
public record TcpRoute(String congestion, long rtoMinMs, boolean quickAck) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{0,15}");
    private static final long LONGEST_RTO_MS = 60_000;

    /** Whatever the system does. */
    public static final TcpRoute SYSTEM = new TcpRoute("", 0, false);

    /** Checks the values. */
    public TcpRoute {
        if (!NAME.matcher(congestion).matches()) {
            throw TransportException.badRequest(
                    "congestion=" + congestion + " must be a name such as reno, cubic or bbr");
        }
        if (rtoMinMs < 0 || rtoMinMs > LONGEST_RTO_MS) {
            throw TransportException.badRequest(
                    "rtoMin=" + rtoMinMs + "ms must be from 1 ms to " + LONGEST_RTO_MS + " ms");
        }
    }

    /**
     * From a time.
     *
     * @param congestion as above.
     * @param rtoMin the least retransmission time-out in whole milliseconds, zero for the system's.
     * @param quickAck as above.
     * @return the route.
     * @throws TransportException if a value is out of its range.
     */
    public static TcpRoute of(final String congestion, final Duration rtoMin, final boolean quickAck) {
        if (rtoMin.toNanosPart() % 1_000_000 != 0) {
            throw TransportException.badRequest("rtoMin=" + rtoMin.toNanos() + "ns must be whole milliseconds");
        }
        return new TcpRoute(congestion, rtoMin.toMillis(), quickAck);
    }

    /**
     * For a note.
     *
     * @return such as {@code congctl cubic rto_min 10ms quickack 1}, the words of ip-route(8); {@code system} if nothing is pinned.
     */
    public String text() {
        return equals(SYSTEM) ? "system" : String.join(" ", words());
    }

    /**
     * The words that ip-route(8) takes.
     *
     * @return words, none if nothing is pinned.
     */
    public List<String> words() {
        final List<String> words = new ArrayList<>();
        if (!congestion.isEmpty()) {
            words.addAll(List.of("congctl", congestion));
        }
        if (rtoMinMs > 0) {
            words.addAll(List.of("rto_min", rtoMinMs + "ms"));
        }
        if (quickAck) {
            words.addAll(List.of("quickack", "1"));
        }
        return words;
    }
}
