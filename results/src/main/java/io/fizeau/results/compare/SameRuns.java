package io.fizeau.results.compare;

import io.fizeau.results.run.Manifest;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a run that was given twice: compared with itself it would be equivalent to anything. Stateless. */
final class SameRuns {
    private SameRuns() {}

    /** Throws if two of the runs are one and the same, also where one is a copy. */
    static void check(final List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (isSame(runs.get(i), runs.get(j))) {
                    final Path one = runs.get(j).location();
                    final Path other = runs.get(i).location();
                    throw new ResultsException(other + ": is the same run"
                            + (one.equals(other) ? " given twice" : " as " + one)
                            + "; to see what this machine calls a difference where there is none, use 'fizeau aa'");
                }
            }
        }
    }

    private static boolean isSame(final Run one, final Run other) {
        try {
            if (Files.isSameFile(one.location(), other.location())) {
                return true;
            }
            if (!Files.isDirectory(one.location()) && !Files.isDirectory(other.location())) {
                return Files.mismatch(one.location(), other.location()) == -1;
            }
        } catch (final IOException e) {
            throw new ResultsException(
                    other.location() + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return one.hasManifest() && other.hasManifest() && isCopy(one.manifest(), other.manifest());
    }

    /** No two runs start and end in the same nanosecond; only the two sides of an interleaved one might. */
    private static boolean isCopy(final Manifest one, final Manifest other) {
        return !one.startedAt().isEmpty()
                && one.startedAt().equals(other.startedAt())
                && one.endedAt().equals(other.endedAt())
                && one.label().equals(other.label())
                && one.interleaved().equals(other.interleaved());
    }
}
