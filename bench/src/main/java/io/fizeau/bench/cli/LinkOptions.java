package io.fizeau.bench.cli;

import io.fizeau.bench.link.LinkChoice;
import io.fizeau.bench.link.LinkDemand;
import io.fizeau.bench.link.LinkedRun;
import io.fizeau.bench.plan.RunPlan;
import io.fizeau.bench.rounds.RunLink;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Over what the messages of a run go. */
final class LinkOptions {
    @Option(
            names = "--impair",
            split = ",",
            paramLabel = "WHAT",
            description = {
                "what a bad link does to packets, such as loss=1%%:delay=2ms or loss=1%%:burst=4:rate=50mbit:seed=7;",
                "several with commas for losses, goodput and blackout; default: the suites' own, for the others none"
            })
    private List<String> impair = new ArrayList<>();

    @Option(
            names = "--link",
            defaultValue = "",
            paramLabel = "LINK",
            description =
                    "tun, netem, nft or udp-proxy; default: the first that can do it here ('fizeau doctor' lists them)")
    private String link = "";

    List<String> impair() {
        return List.copyOf(impair);
    }

    LinkDemand demand(final RunPlan plan) {
        return LinkDemand.of(impair, plan.rows());
    }

    Optional<LinkKind> choose(final LinkDemand demand) {
        return LinkChoice.of(link, demand);
    }

    /** The same command with the link named, so that the second one takes the one that the first chose. */
    List<String> named(final List<String> commandLine, final LinkKind kind) {
        if (!link.isEmpty()) {
            return commandLine;
        }
        final List<String> named = new ArrayList<>(commandLine);
        named.addAll(1, List.of("--link", kind.name()));
        return named;
    }

    private static void complain(final Throwable error) {
        System.err.println("fizeau run: the link reported: " + error);
    }

    /** What the forks send through; the caller closes it. */
    static RunLink open(final Optional<LinkKind> kind, final LinkDemand demand) {
        if (kind.isEmpty()) {
            return RunLink.NONE;
        }
        final Link opened = kind.get().open();
        try {
            return new LinkedRun(demand, kind.get(), opened, LinkOptions::complain);
        } catch (final RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }
}
