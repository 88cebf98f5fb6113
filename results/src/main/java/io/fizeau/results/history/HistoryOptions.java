package io.fizeau.results.history;

import io.fizeau.results.run.RowKey;
import io.fizeau.results.run.Run;
import io.fizeau.results.stats.change.ChangeSettings;
import java.util.Locale;
import java.util.Map;

/**
 * Which rows of which runs, and which of their measures. What is empty leaves the choice open.
 *
 * @param metric name of a measure; empty for each row's headline.
 * @param benchmark part of {@code Class.method}, in any case.
 * @param transport a spec string, or a transport's name, which stands for all its specs.
 * @param params values that parameters of the row have.
 * @param label of the run.
 * @param change how changes are looked for.
 */
public record HistoryOptions(
        String metric,
        String benchmark,
        String transport,
        Map<String, String> params,
        String label,
        ChangeSettings change) {
    /** Copies the parameters. */
    public HistoryOptions {
        params = Map.copyOf(params);
    }

    /**
     * {@return this measure of all rows of all runs}
     *
     * @param metric name of a measure; empty for each row's headline.
     */
    public static HistoryOptions of(final String metric) {
        return new HistoryOptions(metric, "", "", Map.of(), "", ChangeSettings.STANDARD);
    }

    boolean isMeant(final Run run) {
        return label.isEmpty() || run.manifest().label().equals(label);
    }

    boolean isMeant(final RowKey key) {
        return key.simpleName().toLowerCase(Locale.ROOT).contains(benchmark.toLowerCase(Locale.ROOT))
                && isMeant(key.param("transport"))
                && params.entrySet().stream()
                        .allMatch(e -> key.param(e.getKey()).equals(e.getValue()));
    }

    private boolean isMeant(final String spec) {
        return transport.isEmpty()
                || spec.equals(transport)
                || spec.startsWith(transport + '?')
                || spec.startsWith(transport + '+');
    }
}
