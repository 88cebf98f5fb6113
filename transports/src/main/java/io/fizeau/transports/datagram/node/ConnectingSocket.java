package io.fizeau.transports.datagram.node;

import io.fizeau.transports.datagram.session.ConnectionTraces;
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
    private boolean isConnected; // written once, before the node knows the socket

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

    /** Before the node knows the socket. That there is no way to the peer is found out in a poll. */
    void connect(final InetSocketAddress peer) {
        try {
            channel().connect(peer);
            isConnected = true;
        } catch (final IOException e) {
            onNoWay();
        }
    }

    @Override
    boolean receive(final Memory memory) {
        final DatagramConnection open = connection;
        if (open == null || !isConnected) {
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
            if (isUnreachable()) {
                node.loop().touch(open);
            }
            return false;
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

    @Override
    public boolean send(final InetSocketAddress to, final Memory memory, final int offset, final int length) {
        if (!isConnected) {
            return true;
        }
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
