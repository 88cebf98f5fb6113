package io.fizeau.bench.trial;

import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.OneWay;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.settings.Option;
import io.fizeau.core.transport.Guarantee;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the link of a row does, and which TCP sends over it. Whoever runs the forks sets both up before a fork starts; a fork checks
 * that it was done. Immutable.
 *
 * @param impairment what happens to packets.
 * @param congestion the congestion control that the link's routes pin (reno, cubic, bbr), or {@link Underlay#HOST}.
 * @param rtoMin the floor of TCP's retransmission time-out that they pin (200ms, 5ms), or {@link Underlay#HOST}.
 */
public record TrialImpairment(Impairment impairment, String congestion, String rtoMin) {
    /** The good link with the host's own TCP. */
    public static final TrialImpairment NONE = new TrialImpairment(Impairment.NONE, Underlay.HOST, Underlay.HOST);

    private static final String IMPAIR = "impair";
    private static final String CONGESTION = "congestion";
    private static final String RTO_MIN = "rtoMin";
    private static final Option<Duration> FLOOR = Option.duration(
            RTO_MIN,
            Duration.ofMillis(200),
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            "the floor of TCP's retransmission time-out");
    private static final String START_IT = "start it with ./fizeau run --impair ...";

    /**
     * Reads a benchmark's parameters.
     *
     * @param impair as {@link Impairment#parse} reads it.
     * @param congestion as above.
     * @param rtoMin as above.
     * @return the record.
     * @throws TransportException if the impairment cannot be.
     */
    public static TrialImpairment parse(final String impair, final String congestion, final String rtoMin) {
        return new TrialImpairment(Impairment.parse(impair), congestion, rtoMin);
    }

    /**
     * Reads them from a row of a plan.
     *
     * @param params parameter to value; a benchmark may have none of them.
     * @param otherwise what the link does where the benchmark has no such parameter.
     * @return the record.
     * @throws TransportException if the impairment cannot be.
     */
    public static TrialImpairment of(final Map<String, String> params, final Impairment otherwise) {
        final String own = params.get(IMPAIR);
        return new TrialImpairment(
                own == null ? otherwise : Impairment.parse(own),
                params.getOrDefault(CONGESTION, Underlay.HOST),
                params.getOrDefault(RTO_MIN, Underlay.HOST));
    }

    /**
     * Whether a benchmark has the impairment as a parameter.
     *
     * @param params the row's.
     * @return false if it takes the link as the run has it.
     */
    public static boolean isParameter(final Map<String, String> params) {
        return params.containsKey(IMPAIR);
    }

    /**
     * The floor of the retransmission time-out.
     *
     * @return the pinned one; empty for the host's.
     * @throws TransportException if it is out of range.
     */
    public Optional<Duration> rtoFloor() {
        return rtoMin.equals(Underlay.HOST) ? Optional.empty() : Optional.of(FLOOR.parse(rtoMin));
    }

    /**
     * Whether the row needs a link.
     *
     * @return true if anything is not as the loopback has it.
     */
    public boolean needsLink() {
        return !impairment.isNone() || isPinned();
    }

    /**
     * Whether the row chooses a TCP of its own.
     *
     * @return true if the congestion control or the floor is pinned.
     */
    public boolean isPinned() {
        return !congestion.equals(Underlay.HOST) || !rtoMin.equals(Underlay.HOST);
    }

    /**
     * What the link's delays add to a round trip: the time by which theory reckons.
     *
     * @return nanoseconds, 0 if there is no delay.
     */
    public long roundTripNs() {
        return toServer().delayNs() + toClient().delayNs();
    }

    /**
     * What jitter adds to a round trip at the most.
     *
     * @return nanoseconds.
     */
    public long jitterNs() {
        return toServer().jitterNs() + toClient().jitterNs();
    }

    /**
     * How many packets are lost on the way to the server.
     *
     * @return a share, from 0 to 1.
     */
    public double lossToServer() {
        return toServer().loss().ratio();
    }

    /**
     * How many packets are lost on the way back.
     *
     * @return a share, from 0 to 1.
     */
    public double lossToClient() {
        return toClient().loss().ratio();
    }

    /**
     * Refuses what cannot be measured over a link, or has none.
     *
     * @param transport the transport.
     * @param server where the server is: as {@link TrialSettings#server()}.
     * @param hasLink whether there is a link.
     * @throws TransportException if so, with one line that says what would help.
     */
    void check(final ConfiguredTransport transport, final String server, final boolean hasLink) {
        if (!needsLink()) {
            return;
        }
        final String what =
                impairment.isNone() ? "congestion=" + congestion + " rtoMin=" + rtoMin : "impair=" + impairment.text();
        if (!transport.guarantees().has(Guarantee.CROSSES_HOSTS)) {
            throw TransportException.badRequest(
                    what + " does not go with " + transport.spec().text()
                            + ": its messages never cross a network; choose a transport that can cross hosts");
        }
        if (!server.equals(TrialSettings.PROCESS)) {
            throw TransportException.badRequest(what + " does not go with server=" + server
                    + ": the link is between this process and a server process of its own; use server=process");
        }
        if (!hasLink) {
            throw TransportException.badRequest(what + " needs a link and there is none: " + START_IT);
        }
    }

    private OneWay toServer() {
        return impairment.direction(Direction.TO_SERVER);
    }

    private OneWay toClient() {
        return impairment.direction(Direction.TO_CLIENT);
    }
}
