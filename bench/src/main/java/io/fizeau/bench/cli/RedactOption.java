package io.fizeau.bench.cli;

import io.fizeau.bench.plan.ServerPlace;
import io.fizeau.bench.rounds.RunFacts;
import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.bench.runfolder.Redaction;
import io.fizeau.bench.settings.UserIdentity;
import io.fizeau.core.host.HostFiles;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option to leave names out of a run folder, the same for every command that writes one. */
final class RedactOption {
    @Option(
            names = "--redact",
            description = "leave names of hosts, the user's name and the path of the user's home out of the run folder")
    private boolean isRedacting;

    /**
     * What to leave out.
     *
     * @param facts say what this host is called.
     * @param server where the server is.
     * @param far the manifest of a server on another host; empty if there is none.
     */
    Redaction redaction(final RunFacts facts, final ServerPlace server, final String far) {
        return isRedacting
                ? redaction(
                        List.of(
                                facts.host().getOrDefault("hostName", ""),
                                HostFiles.ofThisHost().text("/proc/sys/kernel/hostname")),
                        server,
                        far,
                        UserIdentity.read())
                : Redaction.NONE;
    }

    static Redaction redaction(
            final List<String> here, final ServerPlace server, final String far, final UserIdentity user) {
        final List<String> names = new ArrayList<>(here);
        names.addAll(server.hostNames());
        if (!far.isEmpty()) {
            // Whoever names it by a number has its name in there all the same.
            names.add(FarManifest.hostName(far));
        }
        // Without its domain as well; a number has none.
        names.addAll(names.stream()
                .filter(name -> !name.matches("[0-9.]*") && name.indexOf(':') < 0)
                .map(name -> name.split("\\.", 2)[0])
                .toList());
        return Redaction.of(names.stream().filter(HostFiles::isKnown).toList(), user);
    }
}
