package io.fizeau.transports.datagram.node;

import io.fizeau.transports.datagram.session.ConnectionTraces;
import io.fizeau.transports.datagram.session.DatagramOut;
import io.fizeau.transports.datagram.session.SessionTools;
import io.fizeau.transports.datagram.wire.Memory;
import io.fizeau.transports.socket.SocketErrors;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.ErrorHandler;

/**
 * One socket, and the sessions whose datagrams come and go by it. Its lock guards these sessions and what they share. The driving thread
 * receives without it, and nobody holds it while a callback of the user's runs: so a callback may send and close anywhere.
 */
abstract class NodeSocket implements DatagramOut {
    private final DatagramChannel channel;
    private final String text;
    private final ErrorHandler errors;
    private final SessionTools tools;
    private final ReentrantLock lock = new ReentrantLock();
    private long lastNs; // under the lock
    private boolean isFailureReported; // under the lock
    private boolean isQueued; // by the driving thread
    private volatile boolean isUnreachable; // under the lock, or by the driving thread

    NodeSocket(
            final DatagramChannel channel,
            final String text,
            final ConnectionTraces traces,
            final ErrorHandler errors) {
        this.channel = channel;
        this.text = text;
        this.errors = errors;
        this.tools = SessionTools.tracing(traces);
        this.lastNs = System.nanoTime();
    }

    /**
     * Receives a datagram and hands it on. By the driving thread, without the lock.
     *
     * @param memory where it is received.
     * @return false if none was there.
     */
    abstract boolean receive(Memory memory);

    /** A connection has ended, in whatever way; its session is closed here, and the socket if nobody needs it any more. */
    abstract void ended(DatagramConnection connection);

    final void lock() {
        lock.lock();
    }

    final void unlock() {
        lock.unlock();
    }

    /** The time, which does not fall. Under the lock. */
    final long nowNs() {
        final long nowNs = System.nanoTime();
        if (nowNs - lastNs > 0) {
            lastNs = nowNs;
        }
        return lastNs;
    }

    final SessionTools tools() {
        return tools;
    }

    final DatagramChannel channel() {
        return channel;
    }

    /** Whether the network said that there is no way to the peer, or that nobody has its port. */
    final boolean isUnreachable() {
        return isUnreachable;
    }

    final void onNoWay() {
        isUnreachable = true;
    }

    final boolean enqueue() {
        final boolean wasQueued = isQueued;
        isQueued = true;
        return !wasQueued;
    }

    final void dequeued() {
        isQueued = false;
    }

    final void register(final Selector selector) throws ClosedChannelException {
        if (channel.isOpen() && channel.keyFor(selector) == null) {
            channel.register(selector, SelectionKey.OP_READ, this);
        }
    }

    /** The bytes of a datagram that is to be sent. */
    static ByteBuffer bytes(final Memory memory, final int offset, final int length) {
        return memory.bytes().limit(offset + length).position(offset);
    }

    /**
     * What the system said to a send or a receive. What may go away again counts as a datagram that was lost: there are time-outs for
     * that.
     */
    final void onFailure(final String what, final IOException e) {
        if (e instanceof PortUnreachableException) {
            onNoWay();
        } else if (!(e instanceof ClosedChannelException) && channel.isOpen() && !isFailureReported) {
            isFailureReported = true;
            errors.onError(SocketErrors.failed(what + ' ' + text, e));
        }
    }

    final Map<String, Long> counters() {
        lock();
        try {
            final Map<String, Long> values =
                    new LinkedHashMap<>(tools.arqCounters().values());
            values.putAll(tools.counters().values());
            return values;
        } finally {
            unlock();
        }
    }

    final void closeChannel() {
        try {
            channel.close();
        } catch (final IOException e) {
            errors.onError(SocketErrors.failed("close the socket of " + text, e));
        }
    }
}
