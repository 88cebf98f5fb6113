package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.transports.datagram.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps all datagrams that were sent. */
final class Recorder implements Observer {
    /** One of them. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Sent(long atNs, Direction direction, byte[] bytes) {
        byte type() {
            return Wire.type(new UnsafeBuffer(bytes), 0);
        }

        long connectionId() {
            return Wire.connectionId(new UnsafeBuffer(bytes), 0);
        }

        boolean isOfMechanism() {
            return type() >= Wire.FIRST_OF_MECHANISM;
        }
    }

    private final List<Sent> all = new ArrayList<>();

    @Override
    public void onDatagram(
            final long nowNs,
            final Direction direction,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        all.add(new Sent(nowNs, direction, bytes));
    }

    List<Sent> all() {
        return all;
    }

    List<Sent> that(final Direction direction) {
        return all.stream().filter(sent -> sent.direction() == direction).toList();
    }
}
