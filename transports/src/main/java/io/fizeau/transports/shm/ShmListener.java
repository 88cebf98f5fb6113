package io.fizeau.transports.shm;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.IoUtil;

/** Accepts connections for a node. */
final class ShmListener implements Listener {
    private final ShmNode node;
    private final ListenerFolder folder;
    private final ConnectionHandler handler;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    ShmListener(final ShmNode node, final ListenerFolder folder, final ConnectionHandler handler) {
        this.node = node;
        this.folder = folder;
        this.handler = handler;
    }

    /**
     * Accepts what waits. By the driving thread.
     *
     * @return how many were accepted or refused.
     */
    int accept() {
        int count = 0;
        try {
            if (folder.hasRung()) {
                for (final Path request : folder.requests()) {
                    count++;
                    accept(request);
                }
            }
        } catch (final NoSuchFileException e) {
            return count; // closed by another thread meanwhile
        } catch (final IOException e) {
            node.report("cannot listen at " + folder.address().text() + " any more: " + e);
            close();
        }
        return count;
    }

    private void accept(final Path request) {
        ProcessWatch watch = null;
        try {
            final Offer offer = Offer.read(request, Offer.Kind.CONNECTION);
            if (offer.maxMessageBytes() != node.maxMessageBytes()) {
                throw new IOException(
                        "its maxMessage is " + offer.maxMessageBytes() + ", and here it is " + node.maxMessageBytes());
            }
            watch = node.watch(offer.maker());
            final Rings rings;
            try (SealedMemory memory = offer.memory()) {
                rings = Rings.map(memory, offer.maxMessageBytes(), true);
            }
            node.accepted(this, rings, watch);
        } catch (final IOException e) {
            if (watch != null) {
                node.unwatch(watch);
            }
            if (!(e instanceof NoSuchFileException)) { // else its maker has given up, or died
                onRejected();
                node.reportRefused("a peer", folder.address(), e.getMessage());
            }
        }
        IoUtil.delete(request.toFile(), true);
    }

    void onRejected() {
        rejected.incrementAndGet();
    }

    void onAccepted() {
        accepted.incrementAndGet();
    }

    @Override
    public Address address() {
        return folder.address();
    }

    @Override
    public Driving driving() {
        return node.driving();
    }

    @Override
    public long acceptedCount() {
        return accepted.get();
    }

    @Override
    public long rejectedCount() {
        return rejected.get();
    }

    @Override
    public void close() {
        folder.close();
        node.forget(this);
        node.unmap(folder::tryFree);
    }

    LocalPath path() {
        return folder.address();
    }

    ConnectionHandler handler() {
        return handler;
    }
}
