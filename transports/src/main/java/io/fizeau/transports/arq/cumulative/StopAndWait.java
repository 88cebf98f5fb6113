package io.fizeau.transports.arq.cumulative;

import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;

/**
 * Stop-and-wait: one piece on the way, and the next one when it is acknowledged (Bertsekas and Gallager, <em>Data Networks</em>, section
 * 2.4.1). It is {@link GoBackN} with a window of one, with the same datagrams; numbers of 32 bits stand in for the alternating bit, since
 * this network may keep a datagram back for longer than a round trip.
 *
 * <p>With a the propagation delay and one the sending time of a piece, and P the probability that the piece or its acknowledgement is lost,
 * it makes use of {@code (1 - P) / (1 + 2 a)} of the link, when the time-out is as long as the round trip. A loss costs the time-out,
 * which is of RFC 6298, and one way. Immutable, thread-safe.
 */
public final class StopAndWait implements MechanismKind {
    private static final byte PROTOCOL = 2;

    private final CumulativeOptions options;

    /**
     * With options.
     *
     * @param options the time-outs.
     */
    public StopAndWait(final CumulativeOptions options) {
        this.options = options;
    }

    /**
     * With the default options.
     *
     * @return the kind.
     */
    public static StopAndWait withDefaults() {
        return new StopAndWait(CumulativeOptions.defaults());
    }

    @Override
    public byte protocol() {
        return PROTOCOL;
    }

    @Override
    public int overheadBytes() {
        return CumulativeMachine.OVERHEAD_BYTES;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        return new CumulativeMachine(settings, 1, options, carrier, counters, trace);
    }
}
