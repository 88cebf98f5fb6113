package io.fizeau.bench.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One TCP connection as {@code ss -tin} shows it: the kernel's TCP_INFO. Immutable.
 *
 * @param local address and port of this end, as ss writes them.
 * @param remote those of the other end.
 * @param congestion the congestion control, such as {@code cubic}; empty if ss tells none.
 * @param fields name to text of what stands as {@code name:value}.
 */
public record TcpConnection(String local, String remote, String congestion, Map<String, String> fields) {
    private static final Pattern SOCKET = Pattern.compile("^[A-Z][A-Z0-9-]*\\s+\\d+\\s+\\d+\\s+(\\S+)\\s+(\\S+)\\s*$");
    /** Single words that are no congestion control: flags of the connection. */
    private static final Pattern FLAG =
            Pattern.compile("ts|sack|ecn|ecnseen|fastopen|app_limited|fallback|[a-z_]+limited");

    /** Makes the map unmodifiable. */
    public TcpConnection {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Takes the output of {@code ss -tinH} apart.
     *
     * @param output two lines for each connection.
     * @return the connections; a line of another form is passed over.
     */
    static List<TcpConnection> parse(final String output) {
        final List<TcpConnection> connections = new ArrayList<>();
        String local = "";
        String remote = "";
        for (final String line : output.lines().toList()) {
            final Matcher socket = SOCKET.matcher(line);
            if (socket.matches()) {
                local = socket.group(1);
                remote = socket.group(2);
            } else if (!local.isEmpty() && line.startsWith("\t")) {
                connections.add(describe(local, remote, line.strip()));
                local = "";
            }
        }
        return connections;
    }

    private static TcpConnection describe(final String local, final String remote, final String line) {
        String congestion = "";
        final Map<String, String> fields = new LinkedHashMap<>();
        final String[] words = line.split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            final int colon = words[i].indexOf(':');
            if (colon > 0) {
                fields.put(words[i].substring(0, colon), words[i].substring(colon + 1));
            } else if (words[i].endsWith("_rate") && i + 1 < words.length) {
                fields.put(words[i], words[++i]);
            } else if (congestion.isEmpty()
                    && fields.isEmpty()
                    && !FLAG.matcher(words[i]).matches()) {
                congestion = words[i];
            }
        }
        return new TcpConnection(local, remote, congestion, fields);
    }

    /**
     * The connection with a given port at the far end.
     *
     * @param connections those to look at.
     * @param host the far end's address.
     * @param port its port.
     * @return the first that there is.
     */
    static Optional<TcpConnection> to(final List<TcpConnection> connections, final String host, final int port) {
        return connections.stream()
                .filter(connection -> isAt(connection.remote, host, port))
                .findFirst();
    }

    /**
     * The connection with a given port at this end.
     *
     * @param connections those to look at.
     * @param host this end's address.
     * @param port its port.
     * @return the first that there is.
     */
    static Optional<TcpConnection> from(final List<TcpConnection> connections, final String host, final int port) {
        return connections.stream()
                .filter(connection -> isAt(connection.local, host, port))
                .findFirst();
    }

    /** A socket of both families shows an IPv4 address as {@code [::ffff:10.0.0.1]}. */
    private static boolean isAt(final String shown, final String host, final int port) {
        final int colon = shown.lastIndexOf(':');
        if (colon < 0 || !shown.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        final String address =
                shown.substring(0, colon).replace("[", "").replace("]", "").replaceFirst("%.*", "");
        return address.equals(host) || address.equals("::ffff:" + host);
    }

    /**
     * The smoothed round-trip time (RFC 6298).
     *
     * @return milliseconds.
     */
    public OptionalDouble rttMs() {
        return number(fields.getOrDefault("rtt", "").split("/", 2)[0]);
    }

    /**
     * The retransmission time-out.
     *
     * @return milliseconds.
     */
    public OptionalDouble rtoMs() {
        return number(fields.getOrDefault("rto", ""));
    }

    /**
     * The congestion window.
     *
     * @return segments.
     */
    public OptionalDouble congestionWindow() {
        return number(fields.getOrDefault("cwnd", ""));
    }

    /**
     * The longest segment that it sends.
     *
     * @return bytes of payload.
     */
    public OptionalDouble mssBytes() {
        return number(fields.getOrDefault("mss", ""));
    }

    /**
     * Segments that it has sent again, ever.
     *
     * @return a count; 0 where ss shows none, because it shows no zeros.
     */
    public double retransmissions() {
        final String text = fields.getOrDefault("retrans", "0/0");
        return number(text.substring(text.indexOf('/') + 1)).orElse(0);
    }

    private static OptionalDouble number(final String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (final NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
