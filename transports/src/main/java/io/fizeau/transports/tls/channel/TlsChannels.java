package io.fizeau.transports.tls.channel;

import io.fizeau.core.address.Address;
import io.fizeau.transports.nio.ChannelFactory;
import io.fizeau.transports.nio.ConnectionChannel;
import io.fizeau.transports.tls.context.TlsContexts;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Puts an engine onto each socket of a node. What its channels need for the moment of a read or a write they borrow from here, so
 * that a connection holds only what is left over; where others than the driving thread send, a connection gets a buffer of its own to
 * seal in once its handshake is done. By the driving thread.
 */
public final class TlsChannels implements ChannelFactory {
    /** Room for four of the longest records: one system call moves as much. */
    private static final int NETWORK_BYTES = 4 * (17 << 10);

    private final TlsContexts contexts;
    private final boolean isOneThread;
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;
    private final ByteBuffer plain;

    /**
     * Creates the factory for a node.
     *
     * @param contexts keys and trust.
     * @param isOneThread whether the thread that drives is also the one that sends, on all connections of the node.
     */
    public TlsChannels(final TlsContexts contexts, final boolean isOneThread) {
        this.contexts = contexts;
        this.isOneThread = isOneThread;
        this.incoming = allocate();
        this.outgoing = allocate();
        this.plain = allocate();
    }

    @Override
    public ConnectionChannel channel(final SocketChannel socket, final Address peer, final boolean isAccepted) {
        return new TlsChannel(
                socket,
                isAccepted ? contexts.serverEngine() : contexts.clientEngine(),
                incoming,
                plain,
                outgoing,
                isOneThread ? () -> outgoing : this::allocate);
    }

    private ByteBuffer allocate() {
        return contexts.prefersNativeMemory()
                ? ByteBuffer.allocateDirect(NETWORK_BYTES)
                : ByteBuffer.allocate(NETWORK_BYTES);
    }
}
