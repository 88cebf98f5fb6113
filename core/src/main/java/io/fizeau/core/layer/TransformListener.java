package io.fizeau.core.layer;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Listener;

/** The listener below, and what this layer rejected beside it. */
final class TransformListener implements Listener {
    private final Listener below;
    private final AcceptedHandler accepted;

    TransformListener(final Listener below, final AcceptedHandler accepted) {
        this.below = below;
        this.accepted = accepted;
    }

    @Override
    public Address address() {
        return below.address();
    }

    @Override
    public Driving driving() {
        return below.driving();
    }

    @Override
    public long acceptedCount() {
        return below.acceptedCount();
    }

    @Override
    public long rejectedCount() {
        return below.rejectedCount() + accepted.tally().rejected();
    }

    @Override
    public long droppedCount() {
        return below.droppedCount() + accepted.tally().dropped();
    }

    @Override
    public void close() {
        below.close();
    }
}
