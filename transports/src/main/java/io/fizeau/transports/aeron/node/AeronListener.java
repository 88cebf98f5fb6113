package io.fizeau.transports.aeron.node;

import io.aeron.Counter;
import io.aeron.Subscription;
import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A subscription, each of whose images is a peer. The subscription outlives {@link #close()} for as long as accepted connections
 * do, because their images are part of it.
 */
final class AeronListener implements Listener {
    private final AeronNode node;
    private final DriverLink link;
    private final Address address;
    private final ConnectionHandler handler;
    private final Subscription subscription;
    private final Counter claim;
    private final AtomicLong acceptedCount = new AtomicLong();
    private final AtomicLong rejectedCount = new AtomicLong();
    private volatile boolean isClosed; // written by whoever closes

    AeronListener(
            final AeronNode node,
            final DriverLink link,
            final Address address,
            final ConnectionHandler handler,
            final Subscription subscription,
            final Counter claim) {
        this.node = node;
        this.link = link;
        this.address = address;
        this.handler = handler;
        this.subscription = subscription;
        this.claim = claim;
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
        return acceptedCount.get();
    }

    @Override
    public long rejectedCount() {
        return rejectedCount.get();
    }

    @Override
    public void close() {
        isClosed = true;
        node.onEnded();
    }

    boolean isClosed() {
        return isClosed;
    }

    DriverLink link() {
        return link;
    }

    ConnectionHandler handler() {
        return handler;
    }

    Subscription subscription() {
        return subscription;
    }

    void onAccepted() {
        acceptedCount.incrementAndGet();
    }

    void onRejected() {
        rejectedCount.incrementAndGet();
    }

    /** The polling thread, after {@link #close()}: lets the address go, and the subscription once nobody is connected by it. */
    boolean release() {
        if (!claim.isClosed()) {
            claim.close();
        }
        if (subscription.hasNoImages()) {
            subscription.close();
            return true;
        }
        return false;
    }
}
