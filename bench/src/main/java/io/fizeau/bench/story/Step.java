package io.fizeau.bench.story;

/**
 * One line of a message's story.
 *
 * @param ns since the message was accepted; of an end with another clock, since its first step.
 * @param end {@code client} or {@code server}.
 * @param text what happened.
 */
public record Step(long ns, String end, String text) {}
