package io.fizeau.transports.inproc;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A name in this JVM, and the links that wait there to be accepted. */
final class InprocListener implements Listener {
    private static final ConcurrentMap<Channel, InprocListener> NAMES = new ConcurrentHashMap<>();

    private final InprocNode node;
    private final Channel address;
    private final ConnectionHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final Queue<InprocLink> waiting = new ConcurrentLinkedQueue<>();

    private volatile boolean isClosed; // by whoever closes

    private InprocListener(final InprocNode node, final Channel address, final ConnectionHandler handler) {
        this.node = node;
        this.address = address;
        this.handler = handler;
    }

    static InprocListener open(final InprocNode node, final Channel address, final ConnectionHandler handler) {
        final InprocListener listener = new InprocListener(node, address, handler);
        if (NAMES.putIfAbsent(address, listener) != null) {
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "address " + address.text() + " is taken: choose another name or stream");
        }
        return listener;
    }

    /**
     * Asks for a connection.
     *
     * @return the link, or null if nobody listens there with the same longest message.
     */
    static @Nullable InprocLink connect(final Channel address, final int maxMessageBytes) {
        final InprocListener listener = NAMES.get(address);
        if (listener == null || listener.node.maxMessageBytes() != maxMessageBytes) {
            return null;
        }
        final InprocLink link = new InprocLink(address, maxMessageBytes);
        listener.waiting.add(link);
        if (listener.isClosed) {
            // It may have turned everybody away before this one came.
            link.leave(true);
        }
        return link;
    }

    int accept() {
        int count = 0;
        InprocLink link = waiting.poll();
        while (link != null) {
            accepted.incrementAndGet();
            count++;
            node.accepted(link, handler);
            link = waiting.poll();
        }
        return count;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public long acceptedCount() {
        return accepted.get();
    }

    /**
     * Nobody but a node of this transport can send anything here.
     *
     * @return 0.
     */
    @Override
    public long rejectedCount() {
        return 0;
    }

    @Override
    public void close() {
        isClosed = true;
        NAMES.remove(address, this);
        InprocLink link = waiting.poll();
        while (link != null) {
            link.leave(true);
            link = waiting.poll();
        }
        node.forget(this);
    }
}
