package io.fizeau.bench.rounds;

/**
 * How a run went.
 *
 * @param isComplete false if it was interrupted.
 * @param forks how many forks were run.
 * @param failedForks how many of them failed.
 */
public record RunOutcome(boolean isComplete, int forks, long failedForks) {}
