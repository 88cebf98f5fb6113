package io.fizeau.transports.arq.cumulative;

import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;

/**
 * Go-back-N: a window of pieces on the way; the receiver takes the one that is due and discards all others, and the sender, when the
 * oldest one is not acknowledged in time, sends it and all behind it again (Bertsekas and Gallager, <em>Data Networks</em>, section
 * 2.4.2). The receiver needs no memory for pieces out of order, and pays with the link.
 *
 * <table>
 * <caption>DATA, type 16: a piece, and what its sender has of the other direction</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>acknowledgement: the first piece that has not come; all before it have (lower 32 bits, like all numbers)</td></tr>
 * <tr><td>20</td><td>4</td><td>credit: the first piece for which there is no room</td></tr>
 * <tr><td>24</td><td>2</td><td>how many pieces came that were there already, modulo 65 536</td></tr>
 * <tr><td>26</td><td>2</td><td>bytes of payload, at least 1</td></tr>
 * <tr><td>28</td><td>4</td><td>the piece's number</td></tr>
 * <tr><td>32</td><td></td><td>payload</td></tr>
 * </table>
 *
 * <table>
 * <caption>ACKNOWLEDGEMENT, type 17, and PROBE, type 18, which asks for one</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>acknowledgement</td></tr>
 * <tr><td>20</td><td>4</td><td>credit</td></tr>
 * <tr><td>24</td><td>2</td><td>how many pieces came that were there already, modulo 65 536</td></tr>
 * </table>
 *
 * <p>Each piece that comes, due or not, is acknowledged at once, on a piece that leaves before the receiver rests or else by a datagram of
 * its own; pieces that come together share one. The timer runs from the last sending of the oldest unacknowledged piece. The time-out is of
 * RFC 6298, within the limits of {@link CumulativeOptions}, with a granularity of 1 ms, so that a round trip that grows by more at once is
 * taken for a loss. A piece sent more than once gives no sample (Karn, section 3 there), unless the count of pieces that came twice shows
 * that it came the first time. The time-out is doubled each time it passes, and a new acknowledgement takes that back. What is sent again is
 * spread over a round trip. While the credit is closed, the same timer sends probes.
 *
 * <p>With p the loss of pieces and m the pieces that a loss costs, it makes use of {@code (1 - p) / (1 - p + m p)} of the link. The
 * textbook has m = 1 + 2 a, a being the propagation delay over the sending time of a piece; with a timer that fires while a piece is
 * leaving it is 2 + 2 a. A single message that is lost is there after the time-out and one way. Immutable, thread-safe.
 */
public final class GoBackN implements MechanismKind {
    private static final byte PROTOCOL = 3;

    private final CumulativeOptions options;

    /**
     * With options.
     *
     * @param options the time-outs.
     */
    public GoBackN(final CumulativeOptions options) {
        this.options = options;
    }

    /**
     * With the default options.
     *
     * @return the kind.
     */
    public static GoBackN withDefaults() {
        return new GoBackN(CumulativeOptions.defaults());
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
        return new CumulativeMachine(settings, settings.windowDatagrams(), options, carrier, counters, trace);
    }
}
