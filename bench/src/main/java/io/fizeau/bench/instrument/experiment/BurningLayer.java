package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Expectation;
import io.fizeau.bench.instrument.Experiment;
import io.fizeau.bench.instrument.Laboratory;
import io.fizeau.bench.instrument.Outcome;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.load.LoadSettings;
import io.fizeau.core.load.PeerWatch;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A layer that burns 500 ns in each send: by so much must the median round trip rise.
 *
 * <p>Over {@code inproc}, whose round trip is shorter than what is looked for. Two connections to one server, one with the layer and
 * one without, take turns of 10 ms in this JVM, and the median of the pairs decides. Between forks, seconds apart, a
 * virtual machine whose processors are now on one core and now on two moved the round trip from 0.2 to 0.7 us: more than the layer
 * does. Within a pair that cancels out.
 */
final class BurningLayer implements Experiment {
    private static final int BURNED_NS = 500;
    private static final int TOLERANCE_NS = 50;
    private static final String TRANSPORT = "inproc";
    private static final int MESSAGE_BYTES = 32;
    private static final int PAIRS = 150;
    /** The first ones run code that is not compiled yet. */
    private static final int WARMUP_PAIRS = 50;

    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final double MEDIAN = 50;
    private static final double FEW = 10;
    private static final double MANY = 90;

    @Override
    public String name() {
        return "burn";
    }

    @Override
    public String description() {
        return "a layer that burns " + BURNED_NS + " ns in each send, in this JVM";
    }

    @Override
    public Duration plannedTime() {
        return Duration.ofSeconds(5);
    }

    @Override
    public List<Outcome> run(final Laboratory laboratory) {
        final double[] risesNs = laboratory.here(BurningLayer::measure);
        return List.of(Expectation.within(BURNED_NS, TOLERANCE_NS, "ns")
                .judge(
                        name(),
                        "rise of the closed p50 over " + TRANSPORT,
                        percentile(risesNs, MEDIAN),
                        "of " + risesNs.length + " pairs of turns, nine in ten from "
                                + Expectation.text(percentile(risesNs, FEW), "") + " on, nine in ten up to "
                                + Expectation.text(percentile(risesNs, MANY), "ns")));
    }

    /** By how much the median of each turn with the layer is above that of the turn before it without. */
    private static double[] measure() {
        final Transports transports = Transports.installed();
        final ConfiguredTransport plain = transports.resolve(TRANSPORT);
        final ConfiguredTransport burning =
                transports.resolve(TRANSPORT + "+burn?" + BurnLayer.NS.name() + '=' + BURNED_NS);
        final CpuSet allowed = CpuAffinity.allowed();
        final CpuPlacement placement = CpuPlacement.choose(CpuPlacement.AUTO, CpuPlacement.AUTO, allowed);
        final ServerSettings settings = ServerSettings.measuring(placement.server(), allowed, Sends.EACH);
        final LoadSettings load = new LoadSettings(MESSAGE_BYTES, plain.guarantees(), settings.idle(), TIMEOUT_NS);
        try (Server server = ServerThread.start(plain, plain.loopbackAddress(), settings);
                Node near = plain.open(NodeContext.named("client", error -> {}));
                Node nearBurning = burning.open(NodeContext.named("client-burning", error -> {}));
                ClosedLoop without = ClosedLoop.connect(near, server.address(), load, 1, PeerWatch.NONE);
                ClosedLoop with = ClosedLoop.connect(nearBurning, server.address(), load, 2, PeerWatch.NONE)) {
            placement.client().ifPresent(cpu -> CpuAffinity.set(CpuSet.of(cpu)));
            return turns(without, with);
        } finally {
            CpuAffinity.set(allowed);
        }
    }

    private static double[] turns(final ClosedLoop without, final ClosedLoop with) {
        final double[] risesNs = new double[PAIRS];
        without.begin(Check.SEQUENCE);
        with.begin(Check.SEQUENCE);
        for (int pair = -WARMUP_PAIRS; pair < PAIRS; pair++) {
            final double plainNs = turnNs(without);
            final double burningNs = turnNs(with);
            if (pair >= 0) {
                risesNs[pair] = burningNs - plainNs;
            }
        }
        without.end();
        with.end();
        return risesNs;
    }

    private static double turnNs(final ClosedLoop loop) {
        final long startNs = System.nanoTime();
        do {
            loop.recordedRoundTrip();
        } while (System.nanoTime() - startNs < TURN_NS);
        return loop.takeService().percentileNs(MEDIAN);
    }

    static double percentile(final double[] values, final double percent) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
