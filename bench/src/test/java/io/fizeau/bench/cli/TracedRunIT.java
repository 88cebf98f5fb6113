package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run with traces over the link that needs no privileges, and what explain makes of it. */
@Timeout(300)
class TracedRunIT {
    private static final Pattern HIT = Pattern.compile("(\\d+) \\(");

    @TempDir
    Path home;

    @Test
    void shouldExplainAMessageThatTheLinkLost() throws IOException, InterruptedException {
        final String out = run(
                "run",
                "--trace",
                "--impair",
                "loss=5%:delay=2ms",
                "--link",
                "udp-proxy",
                "--suites",
                "LossRecoveryBenchmark.closed",
                "--transports",
                "arq-selective",
                "--rounds",
                "1",
                "--label",
                "traced",
                "--skip-kit",
                "--",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "2s");
        final Path run = Path.of(out.substring(out.lastIndexOf("Run folder: ") + "Run folder: ".length())
                .strip());

        final String list = run("explain", run.toString());
        assertThat(list).contains("Connection 1: arq-selective", "client in process", "server in process");
        assertThat(list).doesNotContain("Connection 2", "Note:");
        assertThat(list).contains("first hit: ");
        final Matcher hit = HIT.matcher(list.substring(list.indexOf("first hit: ")));
        boolean isDropFound = false;
        while (!isDropFound && hit.find()) {
            // Another one may have been sent again because its acknowledgement was lost.
            final String story = run("explain", run.toString(), "--message", hit.group(1));
            isDropFound = story.contains("which was dropped on the way");
            assertThat(story)
                    .containsSubsequence("client  accepted", "client  sent datagram 1")
                    .containsSubsequence("server  received datagram 1", "server  delivered", "It took ");
        }
        assertThat(isDropFound).as(list).isTrue();
    }

    private String run(final String... arguments) throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, arguments)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();
            return fizeau.out();
        }
    }
}
