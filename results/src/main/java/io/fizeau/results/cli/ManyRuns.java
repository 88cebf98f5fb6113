package io.fizeau.results.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The runs that a command reads: those that are named, or all. Written by picocli. */
final class ManyRuns {
    @Parameters(
            paramLabel = "RUN",
            arity = "0..*",
            description = "run folders, their names under --runs, JMH JSON files, or '" + RunChoice.LATEST
                    + "' (default: all folders under --runs)")
    private List<String> chosen = new ArrayList<>();

    @Mixin
    private RunsFolder runs = new RunsFolder();

    boolean areNamed() {
        return !chosen.isEmpty();
    }

    List<Path> locations() {
        return chosen.isEmpty()
                ? runs.all()
                : chosen.stream().map(runs::resolve).toList();
    }
}
