package io.fizeau.transports.arq.fec;

import io.fizeau.transports.arq.code.BlockCode;
import io.fizeau.transports.arq.nak.NakMachine;
import io.fizeau.transports.arq.nak.Redundancy;
import io.fizeau.transports.datagram.session.ArqCounters;
import io.fizeau.transports.datagram.session.Carrier;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.MechanismSettings;
import io.fizeau.transports.datagram.wire.Wire;

/**
 * Forward error correction with requests behind it: after each block of k pieces m repair datagrams are sent, and any k of the k + m give
 * back all pieces ({@link BlockCode}). A lost piece so costs no round trip as long as no more than m of a block are lost; the rest is
 * asked for as in {@link io.fizeau.transports.arq.nak.NakBased}, whose datagrams these are. NORM (RFC 5740) joins the two in the same way.
 *
 * <p>The flags of DATA, type 16, hold beside 128 (sent before) the piece's place in its block, 0 to 31.
 *
 * <table>
 * <caption>REPAIR, type 20. Flags: its row in the code, 0 to 7</caption>
 * <tr><th>at</th><th>bytes</th><th>what</th></tr>
 * <tr><td>16</td><td>4</td><td>the number of the block's first piece (lower 32 bits)</td></tr>
 * <tr><td>20</td><td>1</td><td>the pieces of the block, 1 to 32</td></tr>
 * <tr><td>21</td><td>1</td><td>the repair datagrams of the block, 1 to 8; they are sent in the order of their rows</td></tr>
 * <tr><td>22</td><td>2</td><td>bytes of the sum: two more than the longest payload of the block</td></tr>
 * <tr><td>24</td><td></td><td>the sum, over the pieces, each as two bytes of length, payload, and zeros</td></tr>
 * </table>
 *
 * <p>A block is closed when it is full, or {@link FecOptions#blockDelayNs()} after its first piece. A gap is asked for when a datagram
 * that was sent after its block's repair datagrams shows that these did not suffice: a piece or repair of a later block, the last repair of
 * its own, a heartbeat; or else after the NAK delay. A receiver keeps as many pieces as the window has, and a bounded number of repair
 * datagrams; what it has forgotten is asked for.
 *
 * <p>A restored piece comes at most n = k + m gaps between datagrams late, or the block delay. The residual loss, which is asked for, is
 * {@code sum over i > m of C(n, i) p^i (1 - p)^(n - i) i / n} when losses are independent. Immutable, thread-safe.
 */
public final class ForwardErrorCorrection implements MechanismKind {
    private static final byte PROTOCOL = 6;
    private static final int OVERHEAD_BYTES = Wire.HEADER_BYTES + FecWire.REPAIR_BYTES + BlockCode.LENGTH_BYTES;

    private final FecOptions options;

    /**
     * With options.
     *
     * @param options what can be chosen.
     */
    public ForwardErrorCorrection(final FecOptions options) {
        this.options = options;
    }

    /**
     * With the default options.
     *
     * @return the kind.
     */
    public static ForwardErrorCorrection withDefaults() {
        return new ForwardErrorCorrection(FecOptions.defaults());
    }

    @Override
    public byte protocol() {
        return PROTOCOL;
    }

    /** A repair datagram is the longest; a data datagram has four bytes less. */
    @Override
    public int overheadBytes() {
        return OVERHEAD_BYTES;
    }

    @Override
    public Mechanism create(
            final MechanismSettings settings,
            final Carrier carrier,
            final ArqCounters counters,
            final DatagramTrace trace) {
        final int payloadBytes = settings.maxDatagramBytes() - OVERHEAD_BYTES;
        return new NakMachine(
                settings,
                payloadBytes,
                options.requests(),
                carrier,
                counters,
                trace,
                machine -> redundancy(settings, payloadBytes, carrier, counters, machine));
    }

    private Redundancy redundancy(
            final MechanismSettings settings,
            final int payloadBytes,
            final Carrier carrier,
            final ArqCounters counters,
            final Redundancy.Repairable machine) {
        final BlockSender sender = new BlockSender(settings, payloadBytes, options, carrier, counters);
        final BlockReceiver receiver = new BlockReceiver(settings, payloadBytes, options, machine, counters);
        return new BlockRedundancy(machine, sender, receiver, payloadBytes);
    }
}
