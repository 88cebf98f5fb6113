package io.fizeau.results.run;

import java.util.List;
import java.util.function.Function;

/**
 * A benchmark with its parameters and everything that was measured for it.
 *
 * @param key the benchmark and the parameters.
 * @param forks in the order run, failed ones too.
 */
public record Row(RowKey key, List<ForkResult> forks) {
    /** Copies the list. */
    public Row {
        forks = List.copyOf(forks);
    }

    /** {@return the forks that did not fail, in the order run} */
    public List<ForkResult> okForks() {
        return forks.stream().filter(f -> f.entry().ok()).toList();
    }

    /** {@return JMH's name of the mode, empty if every fork failed} */
    public String mode() {
        return firstResult(JmhResult::mode);
    }

    /** {@return the unit of the primary metric, empty if every fork failed} */
    public String unit() {
        return firstResult(r -> r.primary().unit());
    }

    private String firstResult(final Function<JmhResult, String> property) {
        return forks.stream()
                .flatMap(f -> f.result().stream())
                .map(property)
                .findFirst()
                .orElse("");
    }
}
