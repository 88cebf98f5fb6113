package io.fizeau.bench.cli;

import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunRequest;
import java.io.PrintStream;

/** What a run is about to do, said before anything else. */
final class RunIntroduction {
    private RunIntroduction() {}

    static void print(final PrintStream out, final RunRequest request, final RunPlan plan) {
        final long seconds = plan.estimate().toSeconds();
        out.printf(
                "Profile %s: %d transports, %d rows, %d rounds, %d forks, about %s; seed %d%n",
                request.profile().label(),
                plan.transports().size(),
                plan.rows().size(),
                plan.rounds(),
                plan.forkCount(),
                seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min",
                plan.seed());
        plan.leftOut().forEach((spec, reason) -> out.println("Left out: " + spec + ": " + reason));
        out.flush();
    }
}
