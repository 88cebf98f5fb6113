package io.fizeau.bench.link;

import io.fizeau.bench.plan.Row;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.bench.trial.TrialImpairment;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.random.SplitMix64;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkControl;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.TcpRoute;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.agrona.ErrorHandler;

/**
 * The link of a run, in the run's own JVM, which has nothing to do while its forks measure. Each fork finds an impairment that begins
 * anew; its seed is mixed from the impairment's own and the round, so that the transports of a round meet the same schedule and no
 * luck of one schedule is a transport's. Used by one thread.
 */
public final class LinkedRun implements RunLink {
    private final LinkDemand demand;
    private final String name;
    private final Link link;
    private final LinkControl control;
    private final OptionalLong packetsPerSecond;
    private boolean isSetUp; // for the fork that runs

    /**
     * Takes a link over.
     *
     * @param demand what the rows ask for.
     * @param kind the link's kind.
     * @param link the link, open; now this object's, if nothing is thrown.
     * @param errors is told what goes wrong while forks ask for the link.
     * @throws TransportException if a row offers more messages than the link can carry here.
     */
    public LinkedRun(final LinkDemand demand, final LinkKind kind, final Link link, final ErrorHandler errors) {
        this.demand = demand;
        this.link = link;
        this.name = kind.name();
        // So that a congestion control that this kernel lacks is found before anything is measured.
        demand.rows().stream()
                .filter(demand::isLinked)
                .map(row -> route(demand.asked(row)))
                .distinct()
                .forEach(link::tcp);
        this.packetsPerSecond = LinkCapacity.check(
                kind, link, demand.rows().stream().filter(demand::isLinked).toList());
        this.control = LinkControl.serve(link, errors);
    }

    /**
     * The seed of a round.
     *
     * @param seed the impairment's own.
     * @param round from 0.
     * @return a seed that shares no pattern with those of other rounds; the first round has another one than {@code seed} too.
     */
    static long seedOf(final long seed, final int round) {
        return SplitMix64.mix(SplitMix64.mix(seed) + round);
    }

    @Override
    public List<String> jvmArguments(final Row row) {
        if (!demand.isLinked(row)) {
            return List.of();
        }
        return List.of("-D" + LinkControl.PROPERTY + '=' + control.path());
    }

    @Override
    public void before(final Row row, final int round) {
        final TrialImpairment asked = demand.asked(row);
        final Impairment impairment = asked.impairment();
        isSetUp = false;
        if (!demand.isLinked(row)) {
            return;
        }
        link.tcp(route(asked));
        link.apply(impairment.isNone() ? impairment : impairment.withSeed(seedOf(impairment.seed(), round)));
        isSetUp = true;
    }

    @Override
    public Map<String, String> after() {
        if (!isSetUp) {
            return Map.of();
        }
        isSetUp = false;
        final Map<String, String> notes = new LinkedHashMap<>();
        packetsPerSecond.ifPresent(speed -> notes.put("link.packetsPerSecond", Long.toString(speed)));
        try {
            notes.putAll(link.report().notes());
        } catch (final TransportException e) {
            // What was measured is kept, and marked.
            notes.put("link", name);
            notes.put("link.verdict", String.valueOf(e.getMessage()));
        }
        return notes;
    }

    private static TcpRoute route(final TrialImpairment asked) {
        return TcpRoute.of(
                asked.congestion().equals(Underlay.HOST) ? "" : asked.congestion(),
                asked.rtoFloor().orElse(Duration.ZERO),
                false);
    }

    @Override
    public void close() {
        control.close();
        link.close();
    }
}
