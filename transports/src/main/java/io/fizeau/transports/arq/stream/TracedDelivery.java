package io.fizeau.transports.arq.stream;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.wire.Memory;
import org.agrona.DirectBuffer;

/** The way out of a mechanism, which also tells the trace of each message that is handed out. Used by one thread; allocates nothing. */
public final class TracedDelivery implements Carrier {
    private final Carrier carrier;
    private final DatagramTrace trace;
    private long nowNs;
    private long messages;

    /**
     * Makes one.
     *
     * @param carrier the way out.
     * @param trace is told.
     */
    public TracedDelivery(final Carrier carrier, final DatagramTrace trace) {
        this.carrier = carrier;
        this.trace = trace;
    }

    /**
     * Sets the time of what is handed out from now on.
     *
     * @param now the time in ns.
     */
    public void at(final long now) {
        nowNs = now;
    }

    @Override
    public boolean send(final byte type, final int flags, final Memory memory, final int offset, final int length) {
        return carrier.send(type, flags, memory, offset, length);
    }

    @Override
    public boolean deliver(final DirectBuffer buffer, final int offset, final int length) {
        final long atNs = nowNs;
        final long index = messages;
        if (!carrier.deliver(buffer, offset, length)) {
            return false;
        }
        messages = index + 1;
        trace.record(atNs, DatagramTrace.Event.DELIVERED, index, -1, length);
        return true;
    }

    @Override
    public void fail(final CloseReason reason, final long now) {
        carrier.fail(reason, now);
    }
}
