package io.fizeau.bench.cli;

import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunRequest;
import java.io.PrintStream;

/** What a run, or its pilot, is about to do, said before it does it. */
final class RunIntroduction {
    private RunIntroduction() {}

    static void print(final PrintStream out, final String start, final RunRequest request, final RunPlan plan) {
        final long seconds = plan.estimate().toSeconds();
        out.printf(
                "%s %s: %d transports, %d rows, %d rounds, %d forks, about %s; seed %d%n",
                start,
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
