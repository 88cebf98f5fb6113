package io.fizeau.results.run;

import io.fizeau.results.stats.Summary;
import java.util.List;

/**
 * What one fork measured for one metric, iteration by iteration: either one number each, or (in SampleTime) all samples.
 *
 * @param iterations one value per measured iteration, in order: the number JMH wrote, or the median of its samples.
 * @param samples the samples per iteration where JMH wrote a histogram, otherwise empty.
 */
public record ForkData(List<Double> iterations, List<Samples> samples) {
    /** Copies the lists. */
    public ForkData {
        iterations = List.copyOf(iterations);
        samples = List.copyOf(samples);
    }

    static ForkData ofValues(final List<Double> iterations) {
        return new ForkData(iterations, List.of());
    }

    static ForkData ofSamples(final List<Samples> samples) {
        return new ForkData(samples.stream().map(s -> s.percentile(50)).toList(), samples);
    }

    /** {@return all samples of the fork; none where JMH wrote one number per iteration} */
    public Samples merged() {
        return Samples.merge(samples);
    }

    /** {@return the median over the iterations that are numbers (the mean of the middle two if even), NaN if none is} */
    public double median() {
        return Summary.of(iterations.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
    }

    /**
     * How much the second half of the fork differs from the first: the median of the later half of the iterations over that of
     * the earlier half. Of an odd number the middle one is left out.
     *
     * @return 1 if nothing changed, NaN if a half holds no usable number.
     */
    public double secondHalfOverFirst() {
        final int half = iterations.size() / 2;
        final double first = ofValues(iterations.subList(0, half)).median();
        final double second = ofValues(iterations.subList(iterations.size() - half, iterations.size()))
                .median();
        return first > 0 ? second / first : Double.NaN;
    }
}
