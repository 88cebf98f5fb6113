package io.fizeau.results.curve;

/**
 * One point of a percentile curve.
 *
 * @param percentile from 0 (the smallest) to 100 (the largest), in percent.
 * @param valueNs the latency that so many percent of the messages do not exceed, in nanoseconds.
 * @param beyond how many messages are ranked above it: what the point rests on. 0 for the largest, which is one message.
 */
public record Point(double percentile, double valueNs, long beyond) {}
