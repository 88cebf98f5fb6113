package io.fizeau.transports.keys;

import io.fizeau.core.error.TransportException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What keys to make. Immutable.
 *
 * @param hosts names and literal addresses that the certificate is for, besides this host's loopback. Fizeau's own ends look for
 *     the certificate and not for its names; other programs look for the names.
 * @param startsInDays from when on the certificate is valid, in days from now; negative for the past.
 * @param validDays for how long it is valid, at least a day.
 */
public record KeyRequest(List<String> hosts, int startsInDays, int validDays) {
    /** For how long a certificate is valid if nobody says otherwise. */
    public static final int DEFAULT_DAYS = 365;

    private static final int LONGEST_DAYS = 36_500;
    /** Nothing that keytool would take for more than a name. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}");

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    /** Checks the names and the days. */
    public KeyRequest {
        hosts = List.copyOf(hosts);
        for (final String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw TransportException.badRequest(
                        "host '" + host + "' is neither a name nor an address: give for example bench2 or 192.0.2.7");
            }
        }
        TransportException.requireWithin("days", validDays, 1, LONGEST_DAYS);
        TransportException.requireWithin("start", startsInDays, -LONGEST_DAYS, LONGEST_DAYS);
    }

    /**
     * Keys for this host, valid from now on.
     *
     * @return the request.
     */
    public static KeyRequest forThisHost() {
        return new KeyRequest(List.of(), 0, DEFAULT_DAYS);
    }

    /** The names as keytool wants them. */
    String subjectAlternativeNames() {
        final StringBuilder names = new StringBuilder("san=dns:localhost,ip:127.0.0.1,ip:::1");
        for (final String host : hosts) {
            names.append(LITERAL.matcher(host).matches() ? ",ip:" : ",dns:").append(host);
        }
        return names.toString();
    }
}
