package io.fizeau.bench.rounds;

import io.fizeau.bench.plan.Side;
import io.fizeau.bench.runfolder.RunFolder;

/**
 * One side of a run, with a run folder of its own.
 *
 * @param side which one.
 * @param folder where its forks are kept; the manifest in it is true at any time.
 * @param facts what its manifest says beside the forks.
 * @param build whose classes its forks have.
 */
public record RunSide(Side side, RunFolder folder, RunFacts facts, ForkBuild build) {
    /**
     * The only side of a run.
     *
     * @param folder where everything is kept.
     * @param facts what the manifest says beside the forks.
     * @return a side of this build.
     */
    public static RunSide alone(final RunFolder folder, final RunFacts facts) {
        return new RunSide(Side.ALONE, folder, facts, ForkBuild.OURS);
    }
}
