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
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong is one line on standard error that names it, and exit status 2. */
class BadInputTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream errBefore = System.err;
    private final ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void captureErrors() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(errBefore);
        Thread.currentThread().setContextClassLoader(loaderBefore);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --nonsense                                       | --nonsense",
                "run --transport tcp-nio                              | --transports",
                "run --suites TinyBenchmark --transports nope         | nope",
                "run --suites TinyBenchmark --transports Nope!        | names are lower-case letters",
                "run --suites nope                                    | roundtrip",
                "run --rounds 0                                       | --rounds 0",
                "run --rounds many                                    | many",
                "run --sizes 0                                        | --sizes 0",
                "run --profile swift                                  | swift",
                "run --server nowhere                                 | --server nowhere",
                "run --label a/b                                      | --label",
                "run -- -nonsense                                     | nonsense",
                "run -- -f 3                                          | --rounds",
                "run -- -t 2                                          | one loop",
                "run --suites TinyBenchmark -- -p nope=1               | nope",
                "run --impair loss=200%                               | loss",
                "run --impair delay=-1ms                              | delay",
                "run --impair noise=1                                 | noise",
                "run --suites roundtrip --impair loss=1% --link rope   | rope",
                "run --suites roundtrip --impair loss=1% --link udp-proxy --server thread --transports aeron-udp | udp-proxy",
                "run --link tun                                       | --impair",
                "run --far-manifest none.json                         | --far-manifest goes with --server",
                "run --transports tcp-nio --server 127.0.0.1:4000 --far-manifest none.json | none.json cannot be read",
                "run --rates 0                                        | rate=0 must be from one message",
                "run --rates -5                                       | rate=-5 must be from one message",
                "run --rates 5G                                       | rate=5G is no number of messages",
                "run --rates 2000M                                    | to 1000000000 messages",
                "run --suites openloop --transports tcp-nio -- -p arrivals=uniform  | constant, poisson, burst:N",
                "run --suites openloop --transports tcp-nio -- -p deadline=1        | deadline=1",
                "run --suites openloop --transports tcp-nio -- -p service=slow:1ms  | service=slow:1ms",
                "run --suites openloop --transports tcp-nio -- -p clientThreads=2   | clientThreads=2",
                "run --suites openloop --transports tcp-nio -- -p connections=0     | connections=0",
                "run --suites connections --transports tcp-nio -- -p receivers=20001 | receivers=20001",
                "run --suites connections --transports tcp-nio -- -p underWay=0      | underWay=0",
                "run --suites openloop --transports tcp-nio --sizes 9999999         | 9999999 B",
                "run --detect much                                    | --detect much",
                "explain nowhere                                      | nowhere",
                "explain nowhere --message first                      | first",
                "explain                                              | RUN",
                "run --detect 0%                                      | --detect 0%",
                "run --detect 3% --rounds 9                           | cannot be given together",
                "run --detect 3% --transports tcp-nio                 | one transport only",
                "run --detect 3% --suites throughput                  | has none",
                "run --detect 3%                                      | is not built",
                "run --against none.jar                               | none.jar is not there",
                "run --against main                                   | no git working tree",
                "run --against none.jar --detect 3%                   | --detect 3% does not go with --against",
                "run --against none.jar --transports tcp-nio --server 127.0.0.1:4000 | which is one build",
                "aa --transports tcp-nio --server 127.0.0.1:4000      | fizeau aa",
                "aa --rounds 0                                        | --rounds 0",
                "aa --against none.jar                                | --against",
                "sweep --slo p99                                      | p99=100us",
                "sweep --slo p98=1ms                                  | p99.99",
                "sweep --slo p99=0us                                  | --slo p99=0us",
                "sweep --slo p99=1ms,p99=2ms                          | twice",
                "sweep --from 0                                       | --from 0",
                "sweep --from -5                                      | --from -5",
                "sweep --from 2000M                                   | --from 2000000000",
                "sweep --from fast                                    | --from",
                "sweep --arrivals sometimes                           | constant, poisson, burst:N",
                "sweep --transports tcp-nio --sizes 60000000          | longest message of tcp-nio",
                "sweep --transports nope                              | nope",
                "sweep --precision 0%                                 | --precision 0%",
                "sweep --rounds 0                                     | --rounds 0",
                "sweep --time 90s                                     | --time 90s",
                "sweep -- -r 5s                                       | --time",
                "sweep -- -p connections=0                            | connections=0",
                "sweep -- -p nope=1                                   | nope",
                "list --nonsense                                      | --nonsense",
                "serve                                                | --transport",
                "serve --transport nope                               | tcp-nio",
                "serve --transport inproc                             | does not leave its process",
                "serve --transport tcp-nio --for soon                 | --for soon",
                "serve --transport tcp-nio --bind here                | host:port",
                "serve --transport tcp-nio --bind 127.0.0.1:99999     | 65535",
                "serve --transport tcp-nio --bind 192.0.2.1:4000      | 192.0.2.1",
                "check                                                | SPEC",
                "check nope                                           | tcp-nio",
                "check tcp-nio?mtu=1                                  | mtu",
                "check tcp-nio+nope                                   | nope",
                "doctor now                                           | now",
                "verify-instrument --only nope                        | poisson-exponential",
                "verify-instrument --format xml                       | xml",
                "lits                                                 | list",
            })
    void shouldBeAnsweredInOneLine(String arguments, String named) {
        assertRefused(named, arguments.strip().split(" +"));
    }

    @Test
    void shouldBeAnsweredInOneLineForAPluginThatIsMissing() {
        assertRefused(
                "is not there", "list", "--plugin", home.resolve("none.jar").toString());
    }

    @Test
    void shouldBeAnsweredInOneLineForHalfAPlugin() throws IOException {
        Path whole = PluginJar.of(home, PluginJar.Plugged.class);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(home.resolve("half.jar"), Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused("is not a whole jar", "list", "--plugin", half.toString());
    }

    @Test
    void shouldBeAnsweredInOneLineForAPluginWithoutATransport() throws IOException {
        assertRefused(
                "names no transport",
                "list",
                "--plugin",
                PluginJar.withoutServices(home).toString());
    }

    @Test
    void shouldBeAnsweredInOneLineForAPluginThatThrows() throws IOException {
        assertRefused(
                "no licence",
                "list",
                "--plugin",
                PluginJar.of(home, PluginJar.Throwing.class).toString());
    }

    @Test
    void shouldBeAnsweredInOneLineForAnotherSideThatIsNoBenchmarksJar() throws IOException {
        String plugin = PluginJar.of(home, PluginJar.Plugged.class).toString();

        assertRefused("is no benchmarks jar", "run", "--against", plugin);
    }

    @Test
    void shouldBeAnsweredInOneLineForAnotherSideThatIsNoJar() throws IOException {
        Path text = Files.writeString(home.resolve("text.jar"), "text");

        assertRefused("is not a whole jar", "run", "--against", text.toString());
    }

    @Test
    void shouldListAPluginThatIsWhole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = execute(
                out,
                "list",
                "--options",
                "--plugin",
                PluginJar.of(home, PluginJar.Plugged.class).toString());

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("plugged", "can run here", "cross-process", "driving=auto");
    }

    private void assertRefused(String named, String... arguments) {
        int status = execute(new ByteArrayOutputStream(), arguments);

        assertThat(err.toString(StandardCharsets.UTF_8).strip()).contains(named).hasLineCount(1);
        assertThat(status).isEqualTo(2);
    }

    private int execute(ByteArrayOutputStream out, String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return FizeauCommand.execute(
                new LaunchSettings(home, home.resolve("results.jar"), new Terminal(stream, false, 120)), arguments);
    }
}
