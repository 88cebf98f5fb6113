package io.fizeau.transports.loop;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionState;
import org.jspecify.annotations.Nullable;

/** What the connections of most transports have alike: a {@link Lifecycle}, a peer, limits, and what the user attached. */
public abstract class LivingConnection implements Connection {
    private final String transport;
    private final Address remote;
    private final Driving driving;
    private final int maxMessageBytes;
    private volatile @Nullable Object attachment;

    /**
     * Creates one that knows its peer.
     *
     * @param transport the transport's name.
     * @param remote the peer's address, or where it came in if it has none of its own.
     * @param driving whose thread delivers.
     * @param maxMessageBytes the longest message, in bytes.
     */
    protected LivingConnection(
            final String transport, final Address remote, final Driving driving, final int maxMessageBytes) {
        this.transport = transport;
        this.remote = remote;
        this.driving = driving;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Its life.
     *
     * @return always the same.
     */
    protected abstract Lifecycle life();

    @Override
    public final ConnectionState state() {
        return life().state();
    }

    @Override
    public final @Nullable CloseReason closeReason() {
        return life().closeReason();
    }

    @Override
    public final Driving driving() {
        return driving;
    }

    @Override
    public final int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public final Address remoteAddress() {
        return remote;
    }

    @Override
    public final void attach(final @Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    @Override
    public final @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void close() {
        life().close(CloseReason.LOCAL);
    }

    @Override
    public final String toString() {
        return transport + " connection to " + remote.text() + ", " + state();
    }
}
