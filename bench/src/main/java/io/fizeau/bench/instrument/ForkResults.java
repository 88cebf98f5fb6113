package io.fizeau.bench.instrument;

import io.fizeau.bench.plan.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a series of forks has given: each row has as many as the series has rounds. Immutable.
 *
 * @param folder the run folder.
 * @param forks row to its forks, in the order of the rounds.
 */
public record ForkResults(Path folder, Map<Row, List<ForkFigures>> forks) {
    /** Copies the map. */
    public ForkResults {
        forks = Map.copyOf(forks);
    }

    /**
     * The forks of a row.
     *
     * @param row one of the series'.
     * @return one for each round.
     */
    public List<ForkFigures> of(final Row row) {
        return forks.getOrDefault(row, List.of());
    }

    /**
     * The first fork of a row.
     *
     * @param row one of the series'.
     * @return its figures.
     */
    public ForkFigures first(final Row row) {
        return of(row).get(0);
    }
}
