package io.fizeau.transports.arq;

import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.transports.arq.congestion.Congestion;
import io.fizeau.transports.arq.selective.SelectiveOptions;
import io.fizeau.transports.arq.selective.SelectiveRepeat;
import io.fizeau.transports.datagram.node.DatagramTransport;
import io.fizeau.transports.datagram.session.MechanismKind;
import java.time.Duration;

/** {@code arq-selective}: only what is lost is sent again. */
public final class SelectiveTransport extends DatagramTransport {
    private static final Option<Congestion> CONGESTION = Option.choice(
            "cc",
            Congestion.class,
            SelectiveOptions.DEFAULT.congestion(),
            "what holds the sender back beside the window: nothing more, NewReno or CUBIC");
    private static final Option<Boolean> PACING =
            Option.flag("pacing", SelectiveOptions.DEFAULT.paces(), "spread datagrams over the round trip");
    private static final Option<Integer> ACK_EVERY = Option.integer(
            "ackEvery",
            SelectiveOptions.DEFAULT.ackEvery(),
            1,
            256,
            "after how many data datagrams an acknowledgement leaves at the latest");
    private static final Option<Duration> ACK_DELAY = Option.duration(
            "ackDelay",
            Duration.ofNanos(SelectiveOptions.DEFAULT.maxAckDelayNs()),
            Duration.ZERO,
            Duration.ofMillis(500),
            "how long an acknowledgement waits for company; the same at both ends");
    private static final Option<Duration> GRANULARITY = Option.duration(
            "granularity",
            Duration.ofNanos(SelectiveOptions.DEFAULT.granularityNs()),
            Duration.ofNanos(1_000),
            Duration.ofSeconds(1),
            "the least that a timer adds to a round trip");

    private static final Option<Integer> IN_FLIGHT = Option.integer(
            "inFlight",
            0,
            0,
            16_384,
            "with cc=fixed, how many datagrams are on the way at the most; 0: as many as window says");

    /** For the service loader. */
    public SelectiveTransport() {
        super(
                "arq-selective",
                "UDP with selective repeat: ACK ranges, loss detection, probes, congestion control",
                CONGESTION,
                PACING,
                ACK_EVERY,
                ACK_DELAY,
                GRANULARITY,
                IN_FLIGHT);
    }

    @Override
    protected MechanismKind kind(final Settings settings) {
        return new SelectiveRepeat(new SelectiveOptions(
                settings.get(CONGESTION),
                settings.get(PACING),
                settings.get(ACK_EVERY),
                settings.get(ACK_DELAY).toNanos(),
                settings.get(GRANULARITY).toNanos(),
                settings.get(IN_FLIGHT)));
    }
}
