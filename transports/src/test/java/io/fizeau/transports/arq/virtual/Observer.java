package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import org.agrona.DirectBuffer;

/** Sees each datagram that an end sends, before anything happens to it. */
@FunctionalInterface
interface Observer {
    void onDatagram(long nowNs, Direction direction, DirectBuffer buffer, int offset, int length);
}
