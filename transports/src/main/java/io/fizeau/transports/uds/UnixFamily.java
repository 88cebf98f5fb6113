package io.fizeau.transports.uds;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.nio.BoundSocket;
import io.fizeau.transports.nio.SocketFamily;
import io.fizeau.transports.socket.PeerRefusedException;
import io.fizeau.transports.socket.SocketErrors;
import io.fizeau.transports.socket.SocketFile;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Unix domain sockets at paths. */
final class UnixFamily implements SocketFamily {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private final UnixOptions options;

    UnixFamily(final UnixOptions options) {
        this.options = options;
    }

    @Override
    public SocketAddress resolve(final Address address) {
        return SocketFile.address(path(address));
    }

    @Override
    public BoundSocket bind(final Address address) {
        final String path = path(address);
        try {
            final ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                return new BoundSocket(channel, address, SocketFile.bind(channel, path, options.backlog()));
            } catch (final RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw SocketErrors.failed("open a socket at " + path, e);
        }
    }

    @Override
    public SocketChannel open() throws IOException {
        final SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            configure(socket);
        } catch (final IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    @Override
    public void configure(final SocketChannel accepted) throws IOException {
        if (options.sendBufferBytes() > 0) {
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
    }

    /** A connecting socket has no path of its own: its peer is known by where it came in. */
    @Override
    public Address peerOf(final SocketChannel accepted, final Address listening) {
        return listening;
    }

    /** Connects to nobody by accident; but who listens must be this user, or root. */
    @Override
    public boolean metNobody(final SocketChannel connected) throws IOException {
        requireOwn(connected);
        return false;
    }

    /**
     * Refuses who listens as another user.
     *
     * @param connected a channel that has been connected.
     * @throws PeerRefusedException if it is another user's, and not root's.
     * @throws IOException if it has closed again.
     */
    static void requireOwn(final SocketChannel connected) throws IOException {
        final UserPrincipal listening =
                connected.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!listening.equals(Files.getOwner(THIS_PROCESS))
                && !listening.getName().equals("root")) {
            throw new PeerRefusedException("the process that listens there is of the user " + listening.getName());
        }
    }

    private static String path(final Address address) {
        if (address instanceof LocalPath path) {
            return path.path();
        }
        throw TransportException.badRequest("address " + address.text()
                + " is not of the form that uds uses: give an absolute path, for example /tmp/fizeau.sock");
    }
}
