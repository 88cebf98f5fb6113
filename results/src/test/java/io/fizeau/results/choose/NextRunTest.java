package io.fizeau.results.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The commands are in a file, which a test of the module that has the real command line reads as well: it has to accept each. */
class NextRunTest {
    private static final String FILE = "/choose/commands.txt";

    @Test
    void shouldWriteTheCommandsThatTheCommandLineAccepts() throws IOException {
        final List<String> commands = new ArrayList<>();
        commands.add(command("100k", "256", "2ms", "1%", List.of("p99=5ms"), "tcp-nio", "arq-selective", "aeron-udp"));
        commands.add(command("500", "256", "2ms", "1%", List.of("p99=5ms"), "arq-selective?window=512&cc=fixed"));
        commands.add(command("", "256", "20ms", "0.1%", List.of("p99.9=500ms"), "tcp-nio"));
        commands.add(command("1k", "32", "", "0.0001%", List.of(), "tcp-nio"));
        commands.add(command("2.5k", "32", "5us", "", List.of("max=1ms"), "aeron-udp"));
        commands.add(command("1", "32", "3ns", "", List.of("p50=1ms"), "aeron-udp"));
        commands.add(
                command("10k", "1024", "", "", List.of("p50=20us", "p99.99=1ms"), "tcp-nio+crc32c", "tcp-blocking"));
        commands.add(command("10k", "1024", "", "", List.of("p99=3s"), "aeron-udp?mtu=8192"));
        commands.add(command("1M", "32", "", "", List.of(), "aeron-ipc"));
        commands.add(command("", "32", "", "", List.of("p99.99=100us"), "tcp-nio"));
        commands.add(command("", "32", "", "", List.of("p99=100us"), "tcp-nio"));
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(FILE))) {
            assertThat(commands)
                    .containsExactlyElementsOf(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void shouldNamePluginsAndQuoteForAShell() {
        final Needs needs = NeedsParser.parse("1k", "32", "", "", List.of(), List.of());
        assertThat(new NextRun(needs, List.of("my jar's.jar")).command(List.of(candidate("mine"))))
                .isEqualTo("./fizeau run --plugin 'my jar'\\''s.jar' --transports mine --sizes 32 --suites openloop"
                        + " --rates 1000 --rounds 6");
    }

    @Test
    void shouldAskForNothingWhereAllIsTold() {
        final Needs needs = NeedsParser.parse("1k", "32", "", "", List.of(), List.of());
        final Candidate fails = new Candidate(
                "a", "", "spinning", ChoiceVerdict.FAILS, Optional.empty(), Double.NaN, "lacks ordered", List.of());
        assertThat(new NextRun(needs, List.of()).command(List.of(fails))).isEmpty();
    }

    private static String command(
            final String rate,
            final String size,
            final String rtt,
            final String loss,
            final List<String> slo,
            final String... specs) {
        return new NextRun(NeedsParser.parse(rate, size, rtt, loss, slo, List.of()), List.of())
                .command(Arrays.stream(specs).map(NextRunTest::candidate).toList());
    }

    private static Candidate candidate(final String spec) {
        return new Candidate(
                spec,
                "",
                "spinning",
                ChoiceVerdict.CANNOT_TELL,
                Optional.empty(),
                Double.NaN,
                "not measured",
                List.of());
    }
}
