package io.fizeau.bench.cli;

import io.fizeau.bench.link.LinkDemand;
import io.fizeau.bench.link.OwnNamespace;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.plan.RunPlanner;
import io.fizeau.bench.plan.RunRequest;
import io.fizeau.bench.rounds.Interruption;
import io.fizeau.bench.rounds.JmhLock;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.namespace.Namespace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A run that can be done: everything that the user asked for was checked, nothing was measured.
 *
 * @param startedAt when it starts.
 * @param label what it is called.
 * @param request what was asked for.
 * @param planner plans it.
 * @param plan what to run.
 * @param demand what its rows ask of a bad link.
 * @param link the bad link, if there is to be one.
 * @param linkOptions what the user said of it.
 */
record PreparedRun(
        Instant startedAt,
        String label,
        RunRequest request,
        RunPlanner planner,
        RunPlan plan,
        LinkDemand demand,
        Optional<LinkKind> link,
        LinkOptions linkOptions) {
    /** The same, started at another time than it was asked for. */
    PreparedRun startingAt(final Instant instant) {
        return new PreparedRun(instant, label, request, planner, plan, demand, link, linkOptions);
    }

    /** What the manifest says of the link. */
    String impairment() {
        return demand.over(link);
    }

    /**
     * Measures while no other JMH does, with the link open; where that needs it, in a network namespace of its own, as another process.
     *
     * @param commandLine what the user gave this process.
     * @param work what to do; gives the exit status.
     * @return the exit status.
     */
    int measure(final List<String> commandLine, final BiFunction<RunLink, Interruption, Integer> work) {
        if (link.isPresent() && !request.server().text().equals("process")) {
            throw TransportException.badRequest("--server " + request.server().text()
                    + " does not go with a bad link: the link is between this process and a server process of its own");
        }
        if (link.isPresent() && link.get().needsNamespace() && !Namespace.isInside()) {
            return OwnNamespace.run(FizeauCommand.class, linkOptions.named(commandLine, link.get()));
        }
        return JmhLock.holding(() -> {
            try (Interruption interruption = new Interruption();
                    RunLink open = LinkOptions.open(link, demand)) {
                return work.apply(open, interruption);
            }
        });
    }
}
