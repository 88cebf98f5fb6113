package io.fizeau.results.compare;

import io.fizeau.results.run.ResultsException;
import java.util.List;

/**
 * What is compared and by which measure.
 *
 * @param metrics names of measures; empty for the headline of each row, its p99, its rate and what the client allocates.
 * @param threshold a difference within it does not matter: the margin of equivalence, as a share; over 0 and up to 1.
 * @param forced compare also what differs in topology, or in a parameter that is the same throughout a side.
 */
public record ComparisonOptions(List<String> metrics, double threshold, boolean forced) {
    /** The margin unless another is given. */
    public static final double DEFAULT_THRESHOLD = Verdict.EQUIVALENCE_MARGIN;

    /** Copies the list; throws {@link ResultsException} if the threshold is out of range. */
    public ComparisonOptions {
        metrics = List.copyOf(metrics);
        if (!(threshold > 0 && threshold <= 1)) {
            throw new ResultsException(
                    "threshold " + threshold + " is not allowed: it takes a share over 0 and up to 1 (100 %)");
        }
    }

    /** {@return what a comparison does unless told otherwise} */
    public static ComparisonOptions standard() {
        return new ComparisonOptions(List.of(), DEFAULT_THRESHOLD, false);
    }
}
