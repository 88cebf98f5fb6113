package io.fizeau.bench.plan;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server is: what a user gives as {@code --server}.
 *
 * @param text {@code process}, {@code thread}, or the address of a server started elsewhere.
 */
public record ServerPlace(String text) {
    private static final Set<String> OURS = Set.of("process", "thread");
    private static final Pattern ENDPOINT = Pattern.compile("endpoint=(\\[[^]]*]|[^:|]*):");

    /** Checks the form. */
    public ServerPlace {
        if (!OURS.contains(text)) {
            try {
                Address.parse(text);
            } catch (final TransportException e) {
                throw new TransportException(
                        TransportException.NextStep.STOP,
                        "--server " + text
                                + " is not allowed: it takes process, thread, or an address at which 'fizeau serve'"
                                + " listens, such as 192.0.2.1:4000",
                        e);
            }
        }
    }

    /**
     * Whether it was started elsewhere, for one transport.
     *
     * @return true if it is not a child of ours.
     */
    public boolean isAddress() {
        return !OURS.contains(text);
    }

    /** How many ends of each connection are in the process that measures. */
    int endsHere() {
        return text.equals("thread") ? 2 : 1;
    }

    /**
     * Whether messages stay on this host.
     *
     * @return true if the server is a child of ours, or its address is one of this host's.
     * @throws TransportException if the server's host is not known here.
     */
    public boolean isOnThisHost() {
        if (!isAddress()) {
            return true;
        }
        final Address address = Address.parse(text);
        if (address instanceof HostPort hostPort) {
            return isOurs(hostPort);
        }
        if (address instanceof Channel channel) {
            final Matcher endpoint = ENDPOINT.matcher(channel.uri());
            return !endpoint.find() || isOurs(HostPort.parse(endpoint.group(1) + ":0"));
        }
        return true;
    }

    /**
     * What its host is called: as it was named, and, where that is a number, as the system calls it.
     *
     * @return names or numbers; empty if it is a child of ours or its address has none.
     * @throws TransportException if the server's host is not known here.
     */
    public List<String> hostNames() {
        return named().map(named ->
                        List.of(named.host(), named.resolve().getAddress().getCanonicalHostName()))
                .orElse(List.of());
    }

    private Optional<HostPort> named() {
        if (!isAddress()) {
            return Optional.empty();
        }
        final Address address = Address.parse(text);
        if (address instanceof HostPort hostPort) {
            return Optional.of(hostPort);
        }
        if (address instanceof Channel channel) {
            final Matcher endpoint = ENDPOINT.matcher(channel.uri());
            return endpoint.find() ? Optional.of(HostPort.parse(endpoint.group(1) + ":0")) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOurs(final HostPort hostPort) {
        final InetAddress host = hostPort.resolve().getAddress();
        try {
            return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
        } catch (final SocketException e) {
            // Not one of this host's that can be used.
            return false;
        }
    }
}
