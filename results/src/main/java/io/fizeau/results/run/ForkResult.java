package io.fizeau.results.run;

import java.util.Optional;

/**
 * One fork of a row, with what it measured if it did.
 *
 * @param entry what the manifest says about it; its {@code ok} is false too when the fork's file could not be used.
 * @param result what JMH wrote, empty for a failed fork.
 * @param noise what disturbed it.
 * @param position which fork of {@code result} this is: 0 in a run folder, where each file holds one.
 */
public record ForkResult(ForkEntry entry, Optional<JmhResult> result, ForkNoise noise, int position) {
    /** {@return the primary metric of this fork; empty for a failed fork} */
    public Optional<ForkData> primary() {
        return result.flatMap(r -> data(r.primary()));
    }

    /**
     * {@return what this fork measured; empty for a failed fork or where there is no such metric}
     *
     * @param label of a secondary metric.
     */
    public Optional<ForkData> secondary(final String label) {
        return result.flatMap(r -> r.secondary(label)).flatMap(this::data);
    }

    private Optional<ForkData> data(final Metric metric) {
        return position < metric.forks().size() ? Optional.of(metric.forks().get(position)) : Optional.empty();
    }
}
