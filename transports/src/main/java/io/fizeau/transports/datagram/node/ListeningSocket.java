package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.transports.datagram.session.ConnectionTraces;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.wire.Memory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import org.agrona.ErrorHandler;

/** The socket of a listener, and of all connections that it accepted. */
final class ListeningSocket extends NodeSocket {
    private static final int KEY_BYTES = 32;
    private static final int MOST_SESSIONS = 1 << 16;

    private final DatagramNode node;
    private final ConnectionHandler handler;
    private final ListeningEndpoint endpoint;
    private boolean isListening = true; // under the lock
    private long accepted; // under the lock

    ListeningSocket(
            final DatagramNode node,
            final DatagramChannel channel,
            final String text,
            final ConnectionHandler handler,
            final SessionSettings settings,
            final SecureRandom random,
            final ConnectionTraces traces,
            final ErrorHandler errors) {
        super(channel, text, traces, errors);
        this.node = node;
        this.handler = handler;
        final byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.endpoint =
                new ListeningEndpoint(settings, key, random.nextLong(), MOST_SESSIONS, this, this::onAccept, tools());
    }

    @Override
    boolean receive(final Memory memory) {
        final ByteBuffer bytes = memory.bytes().clear();
        final SocketAddress from;
        try {
            from = channel().receive(bytes);
        } catch (final IOException e) {
            onFailure("receive at", e);
            return false;
        }
        if (from == null) {
            return false;
        }
        final int length = bytes.position();
        lock();
        try {
            final long nowNs = nowNs();
            final Session session =
                    endpoint.onDatagram((InetSocketAddress) from, memory, 0, length, isListening, nowNs);
            if (session != null && session.user() instanceof DatagramConnection connection) {
                connection.received(nowNs);
            }
        } finally {
            unlock();
        }
        return true;
    }

    private DatagramConnection onAccept(final InetSocketAddress remote) {
        accepted++;
        return new DatagramConnection(node, this, HostPort.of(remote), handler, true);
    }

    @Override
    public boolean send(final InetSocketAddress to, final Memory memory, final int offset, final int length) {
        try {
            return channel().send(bytes(memory, offset, length), to) > 0;
        } catch (final IOException e) {
            onFailure("send from", e);
            return true;
        }
    }

    @Override
    void ended(final DatagramConnection connection) {
        final boolean isLast;
        lock();
        try {
            connection.session().close();
            endpoint.forget(connection.session(), nowNs());
            isLast = !isListening && endpoint.size() == 0;
        } finally {
            unlock();
        }
        if (isLast) {
            node.close(this);
        }
    }

    void stopListening() {
        final boolean isLast;
        lock();
        try {
            isListening = false;
            isLast = endpoint.size() == 0;
        } finally {
            unlock();
        }
        if (isLast) {
            node.close(this);
        }
    }

    long acceptedCount() {
        lock();
        try {
            return accepted;
        } finally {
            unlock();
        }
    }

    long rejectedCount() {
        lock();
        try {
            return tools().counters().rejected + tools().counters().refused;
        } finally {
            unlock();
        }
    }
}
