package io.fizeau.results.cli;

import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command looks for the runs that are named to it. Written by picocli. */
final class RunsFolder {
    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "${sys:fizeau.home:-.}/results/runs",
            description = "where run folders are (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("results", "runs");

    Path resolve(final String given) {
        return RunChoice.resolve(folder, given);
    }

    Run read(final String given) {
        return RunReader.read(resolve(given));
    }

    List<Path> all() {
        return RunChoice.all(folder);
    }
}
