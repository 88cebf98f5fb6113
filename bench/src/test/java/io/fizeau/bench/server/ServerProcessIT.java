package io.fizeau.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server in a process of its own: what it tells, and that it never outlives whoever started it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerProcessIT {
    private static final ServerSettings UNPINNED =
            new ServerSettings(OptionalInt.empty(), CpuAffinity.allowed(), Idle.YIELD);

    @Test
    void shouldTellWhereItListensAndWhatItDid() {
        try (ServerProcess server = ServerProcess.start("tcp-nio", "auto", UNPINNED)) {
            assertThat(server.address().text()).startsWith("127.0.0.1:");
            assertThat(server.isAlive()).isTrue();
            assertThat(server.notes())
                    .containsEntry("serverCpu", "none")
                    .containsEntry("serverDriving", "caller")
                    .containsEntry("serverWaits", "yield");
            assertThat(server.statistics()).hasValueSatisfying(statistics -> {
                assertThat(statistics.messages()).isZero();
                assertThat(statistics.cpuNs()).isPositive();
            });
        }
    }

    @Test
    void shouldTellWhatDisturbedItAndWhichJvmItIs() {
        try (ServerProcess server = ServerProcess.start("tcp-nio", "auto", UNPINNED)) {
            assertThat(ServerNoise.parse(server.endNoise())).isEmpty();
            server.beginNoise();
            assertThat(ServerNoise.parse(server.endNoise()))
                    .hasValueSatisfying(noise -> assertThat(noise.durationNs()).isPositive());
            assertThat(server.manifest())
                    .containsEntry("collector", "Serial")
                    .containsKeys("javaVersion", "flag.MaxHeapSize");
            // The answers did not get out of step.
            assertThat(server.statistics()).isPresent();
        }
    }

    @Test
    void shouldCountARefusedPeerOnce() throws Exception {
        try (ServerProcess server = ServerProcess.start("tcp-nio", "auto", UNPINNED)) {
            final HostPort address = (HostPort) server.address();
            try (Socket stranger = new Socket(address.host(), address.port())) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(isClosed(stranger)).isTrue();
            }
            assertThat(server.statistics())
                    .hasValueSatisfying(
                            statistics -> assertThat(statistics.errors()).isOne());
        }
    }

    private static boolean isClosed(final Socket stranger) throws IOException {
        try {
            return stranger.getInputStream().read() < 0;
        } catch (final SocketException e) {
            return true; // reset, because not all that it sent was read
        }
    }

    @Test
    void shouldBeGoneWhenItIsClosed() {
        final ServerProcess server = ServerProcess.start("tcp-nio", "auto", UNPINNED);
        server.close();
        server.close();
        assertThat(server.handle().isAlive()).isFalse();
        assertThat(server.statistics()).isEmpty();
        assertThat(server.endNoise()).startsWith("unavailable: ");
        assertThat(server.manifest()).containsKey("server");
    }

    @Test
    void shouldPassOnWhyItDoesNotComeUp() {
        assertThatThrownBy(() -> ServerProcess.start("tcp-nio", "192.0.2.1:0", UNPINNED))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("192.0.2.1");
        assertThatThrownBy(() -> ServerProcess.start("no-such", "auto", UNPINNED))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("unknown transport 'no-such'");
    }

    @Test
    void shouldEndTheLoopWithinSecondsWhenItIsKilled() {
        final List<ProcessHandle> before = children();
        try (TrialEnds ends =
                TrialEnds.open(new TrialSettings("tcp-nio", Sends.EACH, 32, TrialSettings.PROCESS, "none", "none"))) {
            final ClosedLoop loop = ends.connectClosedLoop();
            loop.begin(Check.SEQUENCE);
            loop.roundTrip();
            final List<ProcessHandle> started = children();
            started.removeAll(before);
            assertThat(started).hasSize(1);
            started.get(0).destroyForcibly();
            assertThatThrownBy(() -> {
                        while (true) {
                            loop.roundTrip();
                        }
                    })
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the server process ended with exit status 137");
        }
        assertThat(children()).isSubsetOf(before);
    }

    @Test
    void shouldEndWhenItsParentIsKilled() throws Exception {
        final BenchProperties properties = BenchProperties.read();
        final List<String> command = new ArrayList<>();
        command.add(properties.javaHome().resolve("bin/java").toString());
        command.addAll(BenchmarkJvm.flags());
        command.addAll(List.of("-cp", properties.classPath(), Parent.class.getName()));
        final Process parent = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = parent.inputReader()) {
            final long pid = Long.parseLong(lines.readLine());
            final ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
            assertThat(server.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            server.onExit().get(30, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static List<ProcessHandle> children() {
        return new ArrayList<>(ProcessHandle.current().children().toList());
    }

    /** Starts a server, tells its process, and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(final String[] args) throws InterruptedException {
            try (ServerProcess server = ServerProcess.start("tcp-nio", "auto", UNPINNED)) {
                System.out.println(server.handle().pid());
                System.out.flush();
                Thread.currentThread().join();
            }
        }
    }
}
