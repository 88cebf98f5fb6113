package io.fizeau.results.artifact;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Stands for the programs: it keeps what was called, and answers as a test says. */
final class FakeCommandRunner implements CommandRunner {
    final List<String> called = new ArrayList<>();
    private final Function<List<String>, Ended> answer;

    FakeCommandRunner(final Function<List<String>, Ended> answer) {
        this.answer = answer;
    }

    @Override
    public Ended run(
            final List<String> command, final Path log, final Duration limit, final Consumer<String> progress) {
        called.add(Path.of(command.get(0)).getFileName() + " " + String.join(" ", command.subList(1, command.size())));
        return answer.apply(command);
    }

    /** The value of an option among the arguments. */
    static String option(final List<String> command, final String name) {
        return command.get(command.indexOf(name) + 1);
    }
}
