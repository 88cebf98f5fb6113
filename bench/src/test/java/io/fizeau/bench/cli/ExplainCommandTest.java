package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.progress.Terminal;
import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.bench.story.Script;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.TraceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream errBefore = System.err;

    @BeforeEach
    void writeARun() throws IOException {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        final Script client = Script.client();
        final Script server = Script.server();
        for (int i = 0; i < 12; i++) {
            client.sent(10L * i, i);
            if (i != 4) {
                server.piece(10L * i + 5, Event.RECEIVED, i).delivered(10L * i + 5, i);
            }
        }
        client.piece(150, Event.RESENT, 4);
        server.piece(155, Event.RECEIVED, 4).delivered(155, 4).length(300, Event.REQUESTED, 50, 1);
        final Path fork = home.resolve("results/runs/mine/traces/000");
        TraceFile.write(fork, client.trace());
        TraceFile.write(fork, server.trace());
        Files.createDirectories(home.resolve("results/runs/untraced"));
    }

    @AfterEach
    void restore() {
        System.setErr(errBefore);
    }

    private int run(final String... arguments) {
        return FizeauCommand.execute(
                new LaunchSettings(
                        home,
                        home.resolve("none.jar"),
                        new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, 120)),
                arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void assertRefused(final String text, final String... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(FizeauCommand.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .contains(text)
                .doesNotContain("\n")
                .doesNotContain("Exception");
    }

    @Test
    void shouldListWhatIsWorthAStory() {
        assertThat(run("explain", "mine")).isZero();
        assertThat(out())
                .contains("Connection 1: arq-test", "fork 000")
                .contains("12 messages from the client, 1 hit by a loss, 1 datagrams dropped")
                .contains("slowest:   4 (11.5 ms), ")
                .contains("first hit: 4 (11.5 ms)");
    }

    @Test
    void shouldTellTheStoryOfOneMessage() {
        assertThat(run("explain", "mine", "--message", "4")).isZero();
        assertThat(out())
                .containsSubsequence(
                        "Message 4 from the client",
                        "0.000 ms     0.000 ms  client  accepted",
                        "which was dropped on the way",
                        "11.000 ms    11.000 ms  client  sent datagram 1 again",
                        "11.500 ms     0.500 ms  server  received datagram 1",
                        "server  delivered",
                        "It took 11.5 ms: one datagram was lost, it was sent again after 11.0 ms.");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        assertRefused("there is no such folder", "explain", "nothing");
        assertRefused("make the run with --trace", "explain", "untraced");
        assertRefused("0 to 11", "explain", "mine", "--message", "12");
        assertRefused("0 to 11", "explain", "mine", "--message", "-1");
        assertRefused("1 to 1", "explain", "mine", "--message", "1", "--connection", "2");
        assertRefused("no messages", "explain", "mine", "--message", "1", "--from", "server");
        assertRefused("nobody", "explain", "mine", "--from", "nobody");

        final Path second = home.resolve("results/runs/mine/traces/001");
        TraceFile.write(second, Script.client().sent(0, 0).trace());
        assertRefused("choose one with --connection, 1 to 2", "explain", "mine", "--message", "1");

        final Path broken = Files.write(second.resolve("broken.trace"), new byte[100]);
        assertRefused(broken.getFileName() + " is no trace", "explain", "mine");
    }
}
