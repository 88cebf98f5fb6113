package io.fizeau.results.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run that belongs to the reference.
 *
 * @param name what it is called, for {@code --only}; the folder's name too, unless there are sides.
 * @param what one line on what it is for.
 * @param sides where one command measures two sides in turn: the folder for each side, by {@code base} and {@code candidate};
 *     otherwise empty.
 * @param minutes how long it is expected to take.
 * @param command the arguments of {@code ./fizeau}.
 */
record PlannedRun(String name, String what, Map<String, String> sides, double minutes, List<String> command) {
    static final String SCHEMA = "fizeau.artifact-plan/1";

    PlannedRun {
        sides = Map.copyOf(sides);
        command = List.copyOf(command);
    }

    /** What {@code plan.json} says, in its order. */
    static List<PlannedRun> read(final Path plan, final ArtifactProfile profile) {
        final ArtifactFile file = ArtifactFile.read(plan, SCHEMA);
        final List<PlannedRun> runs = new ArrayList<>();
        for (final JsonNode node : file.list("runs")) {
            final String name = file.text(node, "a run", "name");
            final String of = "run " + name;
            if (runs.stream().anyMatch(run -> run.name().equals(name))) {
                throw file.wrong("names the run " + name + " twice");
            }
            final JsonNode how = node.path(profile.label());
            final List<String> command = new ArrayList<>();
            how.path("command").forEach(argument -> command.add(argument.asText()));
            if (command.isEmpty()) {
                throw file.wrong(of + " has no command for the profile " + profile.label());
            }
            runs.add(new PlannedRun(
                    name,
                    file.text(node, of, "what"),
                    ArtifactFile.texts(node.path("sides")),
                    file.number(how, of, "minutes"),
                    command));
        }
        return List.copyOf(runs);
    }

    /** The folders under {@code results/reference} that this run fills. */
    List<String> folders() {
        return sides.isEmpty() ? List.of(name) : List.copyOf(sides.values());
    }

    /** The whole arguments: redacted, and to a folder of its own, before the options for JMH. */
    List<String> arguments(final String out) {
        final int options = command.contains("--") ? command.indexOf("--") : command.size();
        final List<String> whole = new ArrayList<>(command.subList(0, options));
        whole.addAll(List.of("--redact", "--label", name, "--out", out));
        whole.addAll(command.subList(options, command.size()));
        return whole;
    }
}
