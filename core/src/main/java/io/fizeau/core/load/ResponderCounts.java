package io.fizeau.core.load;

/**
 * What a {@link Responder} has seen since it was made, over all connections.
 *
 * @param messages how many messages have arrived, control frames not among them.
 * @param bytes their bytes.
 * @param wrong how many had a wrong length, phase or content.
 * @param connections how many connections were opened.
 */
public record ResponderCounts(long messages, long bytes, long wrong, long connections) {}
