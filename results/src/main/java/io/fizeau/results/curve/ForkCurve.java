package io.fizeau.results.curve;

import io.fizeau.results.run.ForkResult;
import java.util.List;

/**
 * How one latency of one fork is distributed.
 *
 * @param fork that measured it.
 * @param latency which one: {@code response}, {@code service}, {@code lateness}, {@code send}, {@code flight},
 *     {@code hit.known}, {@code hit.estimated}; {@link PercentileCurves#SAMPLED} where JMH's samples are all there is.
 * @param count how many messages it is made of.
 * @param points by ascending percentile: those of {@link PercentileCurves#GRID} that are told, and the largest.
 */
public record ForkCurve(ForkResult fork, String latency, long count, List<Point> points) {
    /** Copies the list. */
    public ForkCurve {
        points = List.copyOf(points);
    }
}
