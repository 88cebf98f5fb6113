package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.settings.LaunchSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that {@code fizeau choose} tells a user to run, from the file that its own test holds them against, are understood here.
 * Each is given a link that there is none of: it is the last thing that is looked at before anything runs.
 */
class ChosenCommandTest {
    private static final Path COMMANDS = Path.of("..", "results", "src", "test", "resources", "choose", "commands.txt");

    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream errBefore = System.err;

    @BeforeEach
    void captureErrors() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(errBefore);
    }

    static Stream<String> commands() throws IOException {
        return Files.readAllLines(COMMANDS).stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldUnderstandWhatTheChoiceTellsAUserToRun(final String command) {
        assertThat(command).startsWith("./fizeau ");
        final List<String> words = new ArrayList<>(Arrays.stream(command.split(" "))
                .skip(1)
                .map(word -> word.replace("'", ""))
                .toList());
        words.addAll(1, List.of("--link", "rope"));

        final PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        final int status = FizeauCommand.execute(
                new LaunchSettings(home, home.resolve("results.jar"), new Terminal(out, false, 120)),
                words.toArray(String[]::new));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("rope");
    }
}
