package io.fizeau.results.compare;

import io.fizeau.results.metric.Direction;
import io.fizeau.results.metric.Measure;
import io.fizeau.results.run.RowKey;
import io.fizeau.results.stats.RatioEstimate;
import io.fizeau.results.stats.Summary;
import java.util.List;

/**
 * One measure of one row on both sides.
 *
 * @param row the row; where a differing parameter was forced, that of the candidate.
 * @param measure what is compared.
 * @param base middle and range over the forks of the base, in the measure's unit.
 * @param candidate the same of the candidate.
 * @param ratio candidate over base.
 * @param holmP the p-value of the t test after Holm's correction over the family; NaN for a line that may get no verdict.
 * @param rankP of Wilcoxon's signed-rank test where paired, else of Mann and Whitney's, over the same samples as the t test.
 * @param cliffsDelta from -1 to 1, over the same samples.
 * @param detectable the smallest relative difference that such data would probably find, as a share.
 * @param isBaseInvalid whether the row must not be believed in the base; its verdict is then none of the candidate's doing.
 * @param verdict what may be said.
 * @param reasons why there is no verdict, or what a reader should know; may be empty.
 */
public record ComparedLine(
        RowKey row,
        Measure measure,
        Summary base,
        Summary candidate,
        RatioEstimate ratio,
        double holmP,
        double rankP,
        double cliffsDelta,
        double detectable,
        boolean isBaseInvalid,
        ComparisonVerdict verdict,
        List<String> reasons) {
    /** Copies the list. */
    public ComparedLine {
        reasons = List.copyOf(reasons);
    }

    /** {@return how much worse the candidate is, as a logarithm: above 0 is worse, NaN without a ratio} */
    public double worseBy() {
        final double log = Math.log(ratio.ratio());
        return measure.better() == Direction.MORE ? -log : log;
    }

    ComparedLine decided(final double adjusted, final ComparisonVerdict decided) {
        return new ComparedLine(
                row,
                measure,
                base,
                candidate,
                ratio,
                adjusted,
                rankP,
                cliffsDelta,
                detectable,
                isBaseInvalid,
                decided,
                reasons);
    }
}
