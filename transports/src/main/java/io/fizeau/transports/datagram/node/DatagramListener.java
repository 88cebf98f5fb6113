package io.fizeau.transports.datagram.node;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Listener;

/** Where a node accepts connections. */
final class DatagramListener implements Listener {
    private final ListeningSocket socket;
    private final HostPort address;
    private final Driving driving;

    DatagramListener(final ListeningSocket socket, final HostPort address, final Driving driving) {
        this.socket = socket;
        this.address = address;
        this.driving = driving;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Driving driving() {
        return driving;
    }

    @Override
    public long acceptedCount() {
        return socket.acceptedCount();
    }

    @Override
    public long rejectedCount() {
        return socket.rejectedCount();
    }

    @Override
    public void close() {
        socket.stopListening();
    }
}
