package io.fizeau.transports.arq;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.fec.FecOptions;
import io.fizeau.transports.arq.fec.ForwardErrorCorrection;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.time.Duration;

/** {@code arq-fec}: redundancy first, and requests where it does not suffice. */
public final class FecTransport extends DatagramTransport {
    private static final FecOptions DEFAULTS = FecOptions.defaults();
    private static final Option<Integer> DATA =
            Option.integer("k", DEFAULTS.pieces(), 1, FecOptions.MOST_PIECES, "data datagrams in a block that is full");
    private static final Option<Integer> REPAIRS =
            Option.integer("m", DEFAULTS.repairs(), 1, FecOptions.MOST_REPAIRS, "repair datagrams for each block");
    private static final Option<Duration> BLOCK_DELAY = Option.duration(
            "blockDelay",
            Duration.ofNanos(DEFAULTS.blockDelayNs()),
            Duration.ZERO,
            Duration.ofSeconds(1),
            "how long a block waits to be full; 0: only as long as the sender has something to send");
    private static final RequestOptions REQUESTS = new RequestOptions(DEFAULTS.requests());

    /** For the service loader. */
    public FecTransport() {
        super(
                "arq-fec",
                "UDP with repair datagrams for each block (Reed-Solomon), and requests behind them",
                DATA,
                REPAIRS,
                BLOCK_DELAY,
                REQUESTS.delay(),
                REQUESTS.retryMax(),
                REQUESTS.heartbeatMax());
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return new ForwardErrorCorrection(new FecOptions(
                settings.get(DATA),
                settings.get(REPAIRS),
                settings.get(BLOCK_DELAY).toNanos(),
                REQUESTS.of(settings)));
    }
}
