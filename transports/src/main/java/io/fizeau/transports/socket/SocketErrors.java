package io.fizeau.transports.socket;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.error.TransportException.NextStep;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.util.Locale;

/** What goes wrong at an address, in one line that names it and says what to do. Stateless. */
public final class SocketErrors {
    private SocketErrors() {}

    /**
     * Checks that an address is a host and a port.
     *
     * @param transport the transport's name.
     * @param address the address given.
     * @return the same as host and port.
     * @throws TransportException if it is of another form.
     */
    public static HostPort requireHostPort(final String transport, final Address address) {
        if (address instanceof HostPort hostPort) {
            return hostPort;
        }
        throw TransportException.badRequest("address " + address.text() + " is not of the form that " + transport
                + " uses: give host:port, for example 127.0.0.1:4000");
    }

    /**
     * Why a node could not listen.
     *
     * @param address where.
     * @param cause what the system said.
     * @return the exception to throw.
     */
    public static TransportException cannotListen(final HostPort address, final IOException cause) {
        final String said = String.valueOf(cause.getMessage());
        final String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("already in use")) {
            return new TransportException(
                    NextStep.RETRY,
                    "address " + address.text() + " is taken: choose another port, or port 0 for any free one",
                    cause);
        }
        if (lower.contains("permission denied")) {
            return new TransportException(
                    NextStep.STOP,
                    "address " + address.text() + " is not allowed to this user: choose a port from 1024 up",
                    cause);
        }
        if (cause instanceof BindException || lower.contains("assign requested") || cause instanceof SocketException) {
            return new TransportException(
                    NextStep.STOP,
                    "address " + address.text() + " is not one of this host's (" + said
                            + "): listen on 127.0.0.1, 0.0.0.0, or an address that this host has",
                    cause);
        }
        return new TransportException(NextStep.FAIL_RUN, "cannot listen at " + address.text() + ": " + said, cause);
    }

    /**
     * That a system resource ran out or an operation failed that normally cannot.
     *
     * @param what what was tried, such as {@code open a socket}.
     * @param cause what the system said.
     * @return the exception to throw or to report.
     */
    public static TransportException failed(final String what, final IOException cause) {
        final String said = String.valueOf(cause.getMessage());
        final String advice = said.contains("Too many open files") ? "; raise the limit on open files (ulimit -n)" : "";
        return new TransportException(NextStep.FAIL_RUN, "cannot " + what + ": " + said + advice, cause);
    }

    /**
     * That there is no memory for what a peer sends.
     *
     * @param transport the transport's name.
     * @param peer who sends it.
     * @param cause what the virtual machine said.
     * @return the exception to report, when the connection has been closed.
     */
    public static TransportException noMemory(final String transport, final String peer, final OutOfMemoryError cause) {
        return new TransportException(
                NextStep.FAIL_RUN,
                transport + " has no memory for what " + peer + " sends, and has closed its connection: "
                        + cause.getMessage()
                        + "; give the process more (-Xmx, -XX:MaxDirectMemorySize), or use a smaller maxMessage or fewer"
                        + " connections",
                cause);
    }

    /**
     * That a node was used after its end.
     *
     * @param node the node's name.
     * @return the exception to throw.
     */
    public static TransportException nodeClosed(final String node) {
        return TransportException.badRequest("node " + node + " is closed: open a new one");
    }
}
