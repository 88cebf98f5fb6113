package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.Experiment;
import io.fizeau.core.error.TransportException;
import java.util.List;

/** All experiments. Stateless. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            new ClockCost(),
            new BurningLayer(),
            new StallingServer(),
            PoissonQueue.constant(),
            PoissonQueue.exponential(),
            new LittlesLaw(),
            new UnreachableRate(),
            new SlowGenerator(),
            new TooManySpinners(),
            new Gilbert(),
            BadLink.drops(),
            BadLink.delay(),
            BadLink.lostSegment(),
            BadLink.rate(),
            BadLink.reno());

    private Experiments() {}

    /**
     * All of them, in the order to be done.
     *
     * @return an unmodifiable list.
     */
    public static List<Experiment> all() {
        return ALL;
    }

    /**
     * Some of them.
     *
     * @param names which ones; empty for all.
     * @return the experiments, in the order to be done.
     * @throws TransportException if a name is unknown; the message lists the known ones.
     */
    public static List<Experiment> named(final List<String> names) {
        final List<String> known = ALL.stream().map(Experiment::name).toList();
        for (final String name : names) {
            if (!known.contains(name)) {
                throw TransportException.badRequest(
                        "--only " + name + " is not known: the known ones are " + String.join(", ", known));
            }
        }
        return names.isEmpty()
                ? ALL
                : ALL.stream()
                        .filter(experiment -> names.contains(experiment.name()))
                        .toList();
    }
}
