package io.fizeau.transports.arq.selective;

import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;

/**
 * Selective repeat: only what is lost is sent again, as soon as acknowledgements of later datagrams show it.
 *
 * <p>Each data datagram has a packet number, new at every sending, and a piece number, which stays. So an acknowledgement always says
 * which sending it means, and a round trip is measured from any of them. The receiver acknowledges ranges of packet numbers, with the time
 * for which it held the acknowledgement back. A datagram is lost when one three later is acknowledged, or a later one and 9/8 of a round
 * trip have passed; when nothing comes at all a probe leaves after a time that doubles each time. These rules are those of RFC 9002
 * (sections 5, 6.1 and 6.2), the idea of new numbers that of RFC 9000 section 12.3.
 *
 * <table>
 * <caption>DATA, type 16, behind the common header</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>packet number</td></tr>
 * <tr><td>20</td><td>4</td><td>piece number</td></tr>
 * <tr><td>24</td><td>4</td><td>credit: the first piece number for which this end has no room</td></tr>
 * <tr><td>28</td><td>4</td><td>with flag 1: greatest packet number received</td></tr>
 * <tr><td>32</td><td>4</td><td>with flag 1: how many before it came without a gap</td></tr>
 * <tr><td>36</td><td>4</td><td>with flag 1: for how long it was held back, ns</td></tr>
 * <tr><td>40</td><td></td><td>the piece</td></tr>
 * </table>
 *
 * <table>
 * <caption>ACK, type 17; PROBE, type 18, is the first 12 bytes of DATA behind the header, without a piece</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>credit</td></tr>
 * <tr><td>20</td><td>4</td><td>for how long the greatest was held back, ns</td></tr>
 * <tr><td>24</td><td>8 for each of 0 to 32 ranges</td><td>lowest and highest packet number, later ranges first</td></tr>
 * </table>
 *
 * Immutable, thread-safe.
 */
public final class SelectiveRepeat implements MechanismKind {
    private static final byte PROTOCOL = 4;

    private final SelectiveOptions options;

    /**
     * Makes the kind.
     *
     * @param options what was chosen.
     */
    public SelectiveRepeat(final SelectiveOptions options) {
        this.options = options;
    }

    /**
     * The kind with what is meant by no choice.
     *
     * @return the kind.
     */
    public static SelectiveRepeat withDefaults() {
        return new SelectiveRepeat(SelectiveOptions.DEFAULT);
    }

    @Override
    public byte protocol() {
        return PROTOCOL;
    }

    @Override
    public int overheadBytes() {
        return SelectiveWire.DATA_HEADER_BYTES;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        return new SelectiveMachine(options, settings, carrier, counters, trace);
    }
}
