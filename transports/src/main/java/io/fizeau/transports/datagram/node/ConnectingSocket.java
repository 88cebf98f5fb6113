package io.fizeau.transports.datagram.node;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.datagram.session.ConnectionTraces;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.wire.Memory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** The socket of one connection that connects; the kernel lets in what comes from the peer's address only. */
final class ConnectingSocket extends NodeSocket {
    private final DatagramNode node;
    private @Nullable DatagramConnection connection; // written once, before the node knows the socket

    ConnectingSocket(
            final DatagramNode node,
            final DatagramChannel channel,
            final String text,
            final ConnectionTraces traces,
            final ErrorHandler errors) {
        super(channel, text, traces, errors);
        this.node = node;
    }

    void serves(final DatagramConnection itsConnection) {
        connection = itsConnection;
    }

    @Override
    boolean receive(final Memory memory) {
        final DatagramConnection open = connection;
        if (open == null) {
            return false;
        }
        final ByteBuffer bytes = memory.bytes().clear();
        int length = 0;
        try {
            length = channel().read(bytes);
        } catch (final IOException e) {
            onFailure("receive from", e);
        }
        if (length <= 0) {
            // An empty datagram looks like none, and costs a turn.
            return isUnreachable() && abandon(open);
        }
        lock();
        try {
            final long nowNs = nowNs();
            open.session().onDatagram(memory, 0, length, nowNs);
            open.received(nowNs);
        } finally {
            unlock();
        }
        return true;
    }

    private boolean abandon(final DatagramConnection open) {
        lock();
        try {
            final Session session = open.session();
            if (session.state() == ConnectionState.CLOSED) {
                return false;
            }
            session.abandon(
                    session.state() == ConnectionState.CONNECTING ? CloseReason.UNREACHABLE : CloseReason.PEER_LOST);
        } finally {
            unlock();
        }
        return true;
    }

    @Override
    public boolean send(final InetSocketAddress to, final Memory memory, final int offset, final int length) {
        try {
            return channel().write(bytes(memory, offset, length)) > 0;
        } catch (final IOException e) {
            onFailure("send to", e);
            return true;
        }
    }

    @Override
    void ended(final DatagramConnection ended) {
        lock();
        try {
            ended.session().close();
        } finally {
            unlock();
        }
        node.close(this);
    }
}
