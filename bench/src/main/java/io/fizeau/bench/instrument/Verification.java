package io.fizeau.bench.instrument;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.List;

/** Does experiments one after the other. One that breaks is an outcome too, and costs none of the others. Used by one thread. */
public final class Verification {
    private final List<Experiment> experiments;
    private final Laboratory laboratory;
    private final VerificationProgress progress;

    /**
     * Creates it.
     *
     * @param experiments in the order to be done.
     * @param laboratory where.
     * @param progress is told which one is being done.
     */
    public Verification(
            final List<Experiment> experiments, final Laboratory laboratory, final VerificationProgress progress) {
        this.experiments = List.copyOf(experiments);
        this.laboratory = laboratory;
        this.progress = progress;
    }

    /**
     * Does them, until the last or until the process is told to end.
     *
     * @return all outcomes so far, in order.
     */
    public List<Outcome> run() {
        final List<Outcome> outcomes = new ArrayList<>();
        progress.onExperiments(experiments);
        for (int i = 0; i < experiments.size() && !laboratory.isInterrupted(); i++) {
            final Experiment experiment = experiments.get(i);
            progress.onExperiment(i);
            laboratory.forgetNoise();
            try {
                outcomes.addAll(explained(experiment.run(laboratory)));
            } catch (final TransportException e) {
                if (!laboratory.isInterrupted()) {
                    outcomes.add(Outcome.failed(experiment.name(), String.valueOf(e.getMessage())));
                }
            }
        }
        return List.copyOf(outcomes);
    }

    /** What is off is put beside what the machine did meanwhile. */
    private List<Outcome> explained(final List<Outcome> outcomes) {
        if (outcomes.stream().noneMatch(outcome -> outcome.verdict() == Verdict.OFF)) {
            return outcomes;
        }
        final String noise = String.join("; ", laboratory.noise());
        return outcomes.stream()
                .map(outcome ->
                        outcome.verdict() == Verdict.OFF && !noise.isEmpty() ? outcome.withNote(noise) : outcome)
                .toList();
    }
}
