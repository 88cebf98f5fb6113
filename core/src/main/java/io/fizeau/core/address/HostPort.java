package io.fizeau.core.address;

import io.fizeau.core.error.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A host and a port.
 *
 * @param host a name or a literal address, without brackets.
 * @param port 0 to 65535; 0, for listening only, means any free one.
 */
public record HostPort(String host, int port) implements Address {
    private static final int MAX_PORT = 65_535;

    /** Checks the port's range. */
    public HostPort {
        if (port < 0 || port > MAX_PORT) {
            throw TransportException.badRequest("address " + host + ":" + port + ": the port must be 0 to " + MAX_PORT);
        }
        if (host.isEmpty()) {
            throw TransportException.badRequest(
                    "address :" + port + " has no host: write for example 127.0.0.1:" + port);
        }
    }

    /**
     * The loopback address of this host with any free port.
     *
     * @return {@code 127.0.0.1:0}.
     */
    public static HostPort loopback() {
        return new HostPort("127.0.0.1", 0);
    }

    /**
     * Reads {@code host:port} or {@code [v6]:port}.
     *
     * @param text the text form.
     * @return the address.
     * @throws TransportException if it is neither.
     */
    public static HostPort parse(final String text) {
        final int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw notAnAddress(text);
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw notAnAddress(text);
        }
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    String.valueOf(notAnAddress(text).getMessage()),
                    e);
        }
    }

    /**
     * Looks the host up. Blocks while a name is resolved; a literal address is not looked up.
     *
     * @return the socket address.
     * @throws TransportException if the name is unknown here.
     */
    public InetSocketAddress resolve() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (final UnknownHostException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP,
                    "address " + text() + ": the host '" + host + "' is not known here",
                    e);
        }
    }

    /**
     * From a socket's own address.
     *
     * @param socketAddress a resolved address.
     * @return the same as host and port, the host as a literal.
     */
    public static HostPort of(final InetSocketAddress socketAddress) {
        return new HostPort(socketAddress.getAddress().getHostAddress(), socketAddress.getPort());
    }

    @Override
    public String text() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return text();
    }

    private static TransportException notAnAddress(final String text) {
        return TransportException.badRequest("address '" + text
                + "' is not of a known form: host:port, [v6]:port, an absolute path, or scheme:rest#stream");
    }
}
