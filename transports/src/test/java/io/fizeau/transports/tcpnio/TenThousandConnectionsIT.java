package io.fizeau.transports.tcpnio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fizeau.transports.EchoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node, one thread, ten thousand peers, which another process holds: each process may have only so many files open. */
@Timeout(180)
class TenThousandConnectionsIT {
    private static final int CONNECTIONS = 10_000;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OTHER_FILES = 500;

    @BeforeAll
    static void needFiles() {
        final long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        assumeTrue(
                limit >= CONNECTIONS + OTHER_FILES,
                () -> "a process here may have " + limit + " files open: raise the limit, ulimit -n "
                        + (CONNECTIONS + OTHER_FILES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "uds"})
    void shouldServeThemAllOnOneThreadAndForgetThem(final String spec) throws IOException, InterruptedException {
        try (EchoServer server = new EchoServer(spec)) {
            final Process clients = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ManyClients.class.getName(),
                            spec,
                            server.address().text(),
                            Integer.toString(CONNECTIONS),
                            Integer.toString(ROUNDS))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(clients.getInputStream(), UTF_8))) {
                assertThat(out.readLine())
                        .isEqualTo("open " + CONNECTIONS + " answers " + CONNECTIONS * ROUNDS + " wrong 0 closed 0");
                assertThat(server.listener().acceptedCount()).isEqualTo(CONNECTIONS);
                assertThat(server.ends()).isEmpty();
                clients.destroyForcibly();
                Awaitility.await().atMost(PATIENCE).until(() -> server.ends().size() == CONNECTIONS);
            } finally {
                clients.destroyForcibly();
            }
            assertThat(clients.waitFor()).isNotZero();
            assertThat(server.errors()).isEmpty();
        }
    }
}
