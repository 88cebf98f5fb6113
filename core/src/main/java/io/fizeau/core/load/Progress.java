package io.fizeau.core.load;

/**
 * What the far end says of a phase.
 *
 * @param arrived how many messages have arrived, each counted once.
 * @param next the highest sequence that has arrived, plus 1.
 * @param wrong how many messages had a wrong length, phase or content.
 * @param outOfOrder how many came twice or after a later one; they are not in {@code arrived}.
 */
public record Progress(long arrived, long next, long wrong, long outOfOrder) {}
