package io.fizeau.results.choose;

/**
 * What a percentile of the latency may be at the most.
 *
 * @param point {@code p50}, {@code p90}, {@code p99}, {@code p99.9}, {@code p99.99} or {@code max}.
 * @param limitNs nanoseconds, over 0.
 */
public record Limit(String point, double limitNs) {
    /** {@return the share of the messages that may take longer; 0 for the maximum} */
    double beyond() {
        return point.equals("max") ? 0 : 1 - Double.parseDouble(point.substring(1)) / 100;
    }
}
