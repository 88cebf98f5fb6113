package io.fizeau.results.artifact;

import io.fizeau.results.stats.PairedRatio;
import java.util.Optional;

/**
 * A claim, and what the reference says to it.
 *
 * @param claim of the docs.
 * @param verdict whether it holds.
 * @param measured the geometric mean over forks with its 95 % interval, empty where nothing was found.
 * @param why what a reader should know; empty for a claim that simply holds.
 */
record ClaimResult(Claim claim, ClaimVerdict verdict, Optional<PairedRatio> measured, String why) {}
