package io.fizeau.bench.suite;

import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.bench.trial.TrialImpairment;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.settings.Sends;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The parameters that all suites over a bad link have. The link itself is the run's: it is set up before the fork starts, after the
 * row's {@code impair}, {@code congestion} and {@code rtoMin}.
 *
 * <p>The index of a packet, by which the schedule goes, counts retransmissions too, and when TCP sends these depends on time: the
 * schedule is reproducible, the flow is not.
 */
@State(Scope.Thread)
public class ImpairedParams {
    /** The transport's spec string. */
    @Param({"tcp-nio", "aeron-udp", "udp", "arq-stop-and-wait", "arq-go-back-n", "arq-selective", "arq-nak", "arq-fec"})
    public String transport;

    /** What the link does, as {@link io.fizeau.core.impair.Impairment} reads it. */
    @Param("none")
    public String impair;

    /** TCP's congestion control: reno, cubic, bbr, or host for what this host has, and for what is not TCP. */
    @Param(Underlay.HOST)
    public String congestion;

    /** The floor of TCP's retransmission time-out: 200ms, 5ms, or host. */
    @Param(Underlay.HOST)
    public String rtoMin;

    /** Where the server runs: process; over a link nothing else goes. */
    @Param("process")
    public String server;

    /** The measuring thread's processor: auto, none or a number. */
    @Param("auto")
    public String clientCpu;

    /** The serving thread's processor: auto, none or a number. */
    @Param("auto")
    public String serverCpu;

    /** What the link does and which TCP sends over it. */
    final TrialImpairment impairment() {
        return TrialImpairment.parse(impair, congestion, rtoMin);
    }

    /** Opens both ends over the link. */
    final TrialEnds openEnds(final String spec, final Sends sends, final int messageBytes) {
        return TrialEnds.open(
                new TrialSettings(spec, sends, messageBytes, server, clientCpu, serverCpu).over(impairment()));
    }
}
