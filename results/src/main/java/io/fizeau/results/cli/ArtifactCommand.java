package io.fizeau.results.cli;

import io.fizeau.results.artifact.Artifact;
import io.fizeau.results.artifact.ArtifactProfile;
import io.fizeau.results.artifact.ProcessCommandRunner;
import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the reference runs anew and everything that the docs show of them, and checks what the docs claim. */
@Command(
        name = "artifact",
        description =
                "Makes the reference runs, figures and tables anew, and says of each claim in the docs whether it holds.",
        footer = {
            "",
            "Exit status: 0 if all went well and no claim is broken, 1 if not, 2 for bad input.",
            "A run that fails leaves its predecessor in results/reference."
        },
        mixinStandardHelpOptions = true)
final class ArtifactCommand implements Callable<Integer> {
    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "short (an hour) or full (hours); default: ${DEFAULT-VALUE}")
    private ArtifactProfile profile = ArtifactProfile.SHORT;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME[,NAME...]",
            description = "just these runs of results/reference/plan.json; tables, figures and claims in any case")
    private List<String> only = List.of();

    @Option(names = "--check", description = "measure nothing: hold the claims against the runs that are there")
    private boolean isCheck;

    @Option(names = "--home", hidden = true, defaultValue = "${sys:fizeau.home:-.}")
    private Path home = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        final Path tree = home.toAbsolutePath().normalize();
        if (!Files.exists(tree.resolve("docs/claims.json"))) {
            throw new ResultsException(
                    tree + ": has no docs/claims.json, so it is no source tree of Fizeau; clone one");
        }
        final Artifact artifact = new Artifact(
                tree, new ProcessCommandRunner(tree), spec.commandLine().getOut(), System::nanoTime);
        final boolean isMade = isCheck
                || artifact.make(
                        profile,
                        only,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return artifact.check() && isMade ? 0 : 1;
    }
}
