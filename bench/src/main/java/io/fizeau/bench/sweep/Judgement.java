package io.fizeau.bench.sweep;

/**
 * What is said of one probe.
 *
 * @param outcome whether its rate held.
 * @param why what failed or cannot be told, in a few words; empty for a rate that held.
 * @param isRateKept whether the messages left at the rate that was offered: if not, its latencies are those of a queue that grows for
 *     as long as one looks.
 */
record Judgement(Outcome outcome, String why, boolean isRateKept) {}
