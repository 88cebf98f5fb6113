package io.fizeau.results.choose;

import io.fizeau.results.run.RowKey;
import java.util.List;
import java.util.Optional;

/**
 * A row of a run, read against a user's needs.
 *
 * @param run the name of its folder or file.
 * @param startedAt of the run, ISO 8601, UTC.
 * @param commit that it was built from.
 * @param row the benchmark and its parameters.
 * @param sizeBytes of its messages.
 * @param ratePerSecond that was offered; NaN for one message at a time.
 * @param link how its network relates to the one asked for.
 * @param linkText its network.
 * @param forks how many there are.
 * @param readings of the limits, in their order.
 * @param lostShare of the messages, over all forks.
 * @param verdict by this row alone: all limits kept in all forks, or one missed in all, or neither.
 * @param isRateMissed the offered rate was not taken in any fork.
 * @param isUnusable an invalid row decides nothing, nor does one of too few forks.
 * @param why what decided it, or why it decides nothing.
 */
public record Evidence(
        String run,
        String startedAt,
        String commit,
        RowKey row,
        int sizeBytes,
        double ratePerSecond,
        LinkMatch link,
        String linkText,
        int forks,
        List<LimitReading> readings,
        double lostShare,
        ChoiceVerdict verdict,
        boolean isRateMissed,
        boolean isUnusable,
        String why) {
    /** Copies the list. */
    public Evidence {
        readings = List.copyOf(readings);
    }

    /** {@return the limit that it comes nearest to, or misses by most; empty without limits, and where
     * the rate was missed or the row is of no use} */
    public Optional<LimitReading> tightest() {
        return isRateMissed || isUnusable
                ? Optional.empty()
                : readings.stream()
                        .filter(reading -> reading.value().isPresent() || reading.isBound())
                        .reduce((a, b) -> b.headroom() < a.headroom() ? b : a);
    }

    boolean isDecided() {
        return verdict != ChoiceVerdict.CANNOT_TELL;
    }

    boolean meets() {
        return verdict == ChoiceVerdict.MEETS;
    }

    boolean fails() {
        return verdict == ChoiceVerdict.FAILS;
    }
}
