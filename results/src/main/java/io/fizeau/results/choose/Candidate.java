package io.fizeau.results.choose;

import java.util.List;
import java.util.Optional;

/**
 * A transport that could be chosen.
 *
 * @param spec its spec string.
 * @param variant the TCP that it ran over where a row pins one, such as {@code cubic 200ms}; else empty.
 * @param regime spinning or blocking.
 * @param verdict of it.
 * @param evidence the row that decided, or came nearest; empty if there is none.
 * @param rateHeadroom how much more than the needed rate it took with all limits kept, as a share of the needed rate; NaN if no rate is
 *     needed or it does not meet.
 * @param why it fails or cannot be told; empty where it meets.
 * @param notes what stood in for what was asked, and what else a reader should know.
 */
public record Candidate(
        String spec,
        String variant,
        String regime,
        ChoiceVerdict verdict,
        Optional<Evidence> evidence,
        double rateHeadroom,
        String why,
        List<String> notes) {
    /** Copies the list. */
    public Candidate {
        notes = List.copyOf(notes);
    }

    /** {@return what is left of the limit that is nearest, as a share of it; NaN if there is none} */
    public double headroom() {
        return evidence.flatMap(Evidence::tightest).map(LimitReading::headroom).orElse(Double.NaN);
    }

    /** {@return its name with the variant} */
    public String title() {
        return variant.isEmpty() ? spec : spec + " (" + variant + ")";
    }
}
