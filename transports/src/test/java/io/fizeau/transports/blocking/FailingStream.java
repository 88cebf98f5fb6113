package io.fizeau.transports.blocking;

import io.fizeau.core.address.HostPort;
import io.fizeau.transports.framing.FrameWriter;
import io.fizeau.transports.framing.ReceiveBuffer;
import org.jspecify.annotations.Nullable;

/** A stream that connects to nobody, and throws an error where it is told to; elsewhere it ends at once. */
final class FailingStream implements BlockingStream {
    /** Where it throws. */
    enum Place {
        BUFFER,
        CONNECT,
        ACCEPT,
        READ
    }

    private final @Nullable Place place;
    private final Error error;
    private volatile boolean isClosed;

    FailingStream(final @Nullable Place place, final Error error) {
        this.place = place;
        this.error = error;
    }

    boolean isClosed() {
        return isClosed;
    }

    private void at(final Place here) {
        if (here == place) {
            throw error;
        }
    }

    @Override
    public void connect() {
        at(Place.CONNECT);
    }

    @Override
    public void accept() {
        at(Place.ACCEPT);
    }

    @Override
    public int read(final ReceiveBuffer in) {
        at(Place.READ);
        return -1;
    }

    @Override
    public void write(final FrameWriter out) {}

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public HostPort remote() {
        return HostPort.loopback();
    }

    @Override
    public ReceiveBuffer newReceiveBuffer(final int capacityBytes) {
        at(Place.BUFFER);
        return ReceiveBuffer.onHeap(capacityBytes);
    }

    @Override
    public FrameWriter newFrameWriter(final int gatherBytes) {
        return FrameWriter.onHeap(gatherBytes);
    }
}
