package io.fizeau.transports.arq.nak;

import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;

/**
 * Negative acknowledgement: the receiver sees from the numbers which pieces are missing, and asks for them; nothing is said about
 * those that come, but for a report now and then, by which the sender frees its memory. NORM (RFC 5740) repairs so, for many receivers;
 * in the terms of Bertsekas and Gallager, <em>Data Networks</em>, section 2.4.3, it is selective repeat with the repeat request sent by
 * itself.
 *
 * <table>
 * <caption>DATA, type 16. Flags: 128 if the piece was sent before; the lower five bits are redundancy's</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>the piece's number (lower 32 bits, like all numbers)</td></tr>
 * <tr><td>20</td><td>2</td><td>bytes of payload, at least 1</td></tr>
 * <tr><td>22</td><td></td><td>payload</td></tr>
 * </table>
 *
 * <table>
 * <caption>STATUS, type 17. Flags: 1 if it answers a heartbeat</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>release: the first piece that has not come; all before it have, and are asked for no more</td></tr>
 * <tr><td>20</td><td>4</td><td>credit: the first piece for which there is no room</td></tr>
 * <tr><td>24</td><td>2</td><td>how many pieces came that were there already, modulo 65 536</td></tr>
 * <tr><td>26</td><td>4</td><td>count of the heartbeat that is answered</td></tr>
 * </table>
 *
 * <table>
 * <caption>REQUEST (the NAK), type 18. Flags: how many ranges, 1 to 16</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>10</td><td>release, credit and count, as in STATUS</td></tr>
 * <tr><td>26</td><td>4</td><td>the first piece of a range that is missing</td></tr>
 * <tr><td>30</td><td>4</td><td>one beyond its last piece</td></tr>
 * <tr><td>34</td><td></td><td>further ranges, rising, apart from each other</td></tr>
 * </table>
 *
 * <table>
 * <caption>HEARTBEAT, type 19</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>one beyond the last piece that was sent</td></tr>
 * <tr><td>20</td><td>4</td><td>count of heartbeats</td></tr>
 * </table>
 *
 * <p>A gap shows when a later piece comes, or a heartbeat. It is asked for after {@link NakOptions#nakDelayNs()}, and again when the
 * piece is not there after a time-out of RFC 6298, whose round trip is that from a first request to the piece sent again for it (Karn:
 * none that was asked for twice), doubled each time. The sender answers each request, but does not send a piece again that it sent again
 * less than half a round trip ago: such a request was doubled by the network or crossed the piece. The receiver reports each quarter of
 * the window, on a heartbeat, and when its credit opens. A sender that rests while not all is released sends heartbeats, first after a
 * round trip and an eighth, then after pauses twice as long each time: without them nobody would miss the last piece.
 *
 * <p>A loss within a flow is repaired in {@code 1.5 RTT + gap + NAK delay}, the gap being the time to the next piece; that of the last
 * piece in {@code 1.5 RTT} after the heartbeat. Immutable, thread-safe.
 */
public final class NakBased implements MechanismKind {
    private static final byte PROTOCOL = 5;

    private final NakOptions options;

    /**
     * With options.
     *
     * @param options what can be chosen.
     */
    public NakBased(final NakOptions options) {
        this.options = options;
    }

    /**
     * With the default options.
     *
     * @return the kind.
     */
    public static NakBased withDefaults() {
        return new NakBased(NakOptions.defaults());
    }

    @Override
    public byte protocol() {
        return PROTOCOL;
    }

    @Override
    public int overheadBytes() {
        return NakMachine.OVERHEAD_BYTES;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        return new NakMachine(
                settings,
                settings.maxDatagramBytes() - NakMachine.OVERHEAD_BYTES,
                options,
                carrier,
                counters,
                trace,
                receiver -> Redundancy.NONE);
    }
}
