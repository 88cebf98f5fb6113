package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.random.SplitMix64;
import org.agrona.DirectBuffer;

/** When, which way and what: all datagrams of a run in one number. */
final class TraceHash implements Observer {
    private long hash;
    private long datagrams;

    @Override
    public void onDatagram(
            final long nowNs,
            final Direction direction,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        long sum = SplitMix64.mix(hash ^ nowNs) + (direction == Direction.TO_SERVER ? 1 : 2);
        for (int at = 0; at < length; at++) {
            sum = sum * 31 + buffer.getByte(offset + at);
        }
        hash = SplitMix64.mix(sum ^ length);
        datagrams++;
    }

    long hash() {
        return hash;
    }

    long datagrams() {
        return datagrams;
    }
}
