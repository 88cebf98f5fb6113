package io.fizeau.transports.arq.fec;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.arq.nak.NakOptions;
import java.util.concurrent.TimeUnit;

/**
 * What can be chosen about {@link ForwardErrorCorrection}. The two ends may differ.
 *
 * @param pieces the pieces of a block, k, 1 to 32.
 * @param repairs the repair datagrams of a block, m, 1 to 8.
 * @param blockDelayNs how long after its first piece a block is closed although it is not full. 0: as soon as the sender, when it is
 *     driven, has nothing more to send.
 * @param requests what can be chosen about requests. {@link NakOptions#nakDelayNs()} should be longer than a block takes: it is how long
 *     a gap waits for a repair when nothing comes that is later than its block.
 */
public record FecOptions(int pieces, int repairs, long blockDelayNs, NakOptions requests) {
    /** The most pieces of a block. */
    public static final int MOST_PIECES = 32;

    /** The most repair datagrams of a block. */
    public static final int MOST_REPAIRS = 8;

    private static final int DEFAULT_PIECES = 8;
    private static final int DEFAULT_REPAIRS = 1;
    private static final long DEFAULT_BLOCK_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DEFAULT_NAK_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long GREATEST_DELAY_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Checks them.
     *
     * @throws TransportException if one is out of range.
     */
    public FecOptions {
        TransportException.requireWithin("pieces", pieces, 1, MOST_PIECES);
        TransportException.requireWithin("repairs", repairs, 1, MOST_REPAIRS);
        TransportException.requireWithin("blockDelayNs", blockDelayNs, 0, GREATEST_DELAY_NS);
    }

    /**
     * Blocks of eight and one repair datagram, closed after 1 ms; a gap waits for 10 ms.
     *
     * @return the options.
     */
    public static FecOptions defaults() {
        return new FecOptions(
                DEFAULT_PIECES,
                DEFAULT_REPAIRS,
                DEFAULT_BLOCK_DELAY_NS,
                NakOptions.defaults().withNakDelayNs(DEFAULT_NAK_DELAY_NS));
    }

    /**
     * The same with other blocks.
     *
     * @param newPieces the pieces of a block.
     * @param newRepairs the repair datagrams of a block.
     * @param newBlockDelayNs how long after its first piece a block is closed.
     * @return the options.
     */
    public FecOptions withBlocks(final int newPieces, final int newRepairs, final long newBlockDelayNs) {
        return new FecOptions(newPieces, newRepairs, newBlockDelayNs, requests);
    }
}
