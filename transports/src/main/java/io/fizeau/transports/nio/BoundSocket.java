package io.fizeau.transports.nio;

import io.fizeau.core.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * A socket that listens.
 *
 * @param channel the socket, bound; closed with this.
 * @param address where it is, with the port that was taken.
 * @param leftovers what closing the channel leaves behind, such as a file; closed once, after that, by any thread.
 */
public record BoundSocket(ServerSocketChannel channel, Address address, Closeable leftovers) implements Closeable {
    /**
     * A socket that leaves nothing behind.
     *
     * @param channel the socket, bound; closed with this.
     * @param address where it is, with the port that was taken.
     */
    public BoundSocket(final ServerSocketChannel channel, final Address address) {
        this(channel, address, BoundSocket::leaveNothing);
    }

    /** Closes the socket, and takes away what it leaves behind even if it does not close as it should. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            leftovers.close();
        }
    }

    private static void leaveNothing() {}
}
