package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.message.ControlFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ServeCommandIT {
    private static final Pattern ADDRESS = Pattern.compile("Serving \\S+ at (\\S+:\\d+)");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLIENT = """
            import socket, sys
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
                s.settimeout(20)
                s.connect((sys.argv[1], int(sys.argv[2])))
                s.sendall(b"Hello, world")
                print(s.recv(1024))
            """;

    @TempDir
    Path home;

    @Test
    void shouldServeOnLoopbackUntilItIsInterruptedAndFreeItsPort() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, "serve", "--transport", "tcp-nio")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> fizeau.out().contains("Client:"));
            HostPort address = address(fizeau);
            assertThat(InetAddress.getByName(address.host()).isLoopbackAddress())
                    .isTrue();
            new Socket(address.host(), address.port()).close();
            try (Socket stranger = new Socket(address.host(), address.port())) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE)
                        .until(() -> fizeau.err().contains("tcp-nio refused 127.0.0.1:" + stranger.getLocalPort()));
            }

            fizeau.signal("INT");

            assertThat(fizeau.exitStatus()).isEqualTo(130);
            new ServerSocket(address.port(), 1, InetAddress.getByName(address.host())).close();
        }
    }

    /** The plainest client there is: it knows nothing of messages. */
    @Test
    void shouldEchoToAPythonSocket() throws IOException, InterruptedException {
        assumeTrue(isInstalled("python3"), "no python3 on the path: install it to see that any client can connect");
        try (FizeauProcess fizeau =
                FizeauProcess.start(home, "serve", "--transport", "tcp-nio?framing=none", "--bind", "127.0.0.1:0")) {
            await().atMost(PATIENCE).until(() -> fizeau.out().contains("Client: any program"));
            HostPort address = address(fizeau);
            Path answers = home.resolve("answers.txt");
            Process python = new ProcessBuilder("python3", "-c", CLIENT, address.host(), "" + address.port())
                    .redirectErrorStream(true)
                    .redirectOutput(answers.toFile())
                    .start();
            assertThat(python.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(answers).hasContent("b'Hello, world'");
            assertThat(python.exitValue()).isZero();
            assertThat(sentBackFrom(address, request())).isEqualTo(request());
        }
    }

    /** What a benchmark would ask of its server: here it is bytes like any others. */
    private static byte[] request() {
        byte[] bytes = new byte[ControlFrame.BYTES];
        ControlFrame.writeBegin(new UnsafeBuffer(bytes), 1, 1, 1, 1, 64, 0);
        return bytes;
    }

    private static byte[] sentBackFrom(HostPort address, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readNBytes(bytes.length);
        }
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldStopWhenTheTimeIsOver() throws IOException, InterruptedException {
        Path manifest = home.resolve("far.json");
        try (FizeauProcess fizeau = FizeauProcess.start(
                home, "serve", "--transport", "tcp-nio", "--for", "1s", "--manifest", manifest.toString())) {
            assertThat(fizeau.exitStatus()).as(fizeau.err()).isZero();
            assertThat(fizeau.out()).contains("Stopped after 1s");
        }
        assertThat(FarManifest.read(manifest)).contains("\"kernel\"", "\"javaVersion\"", "\"transport\" : \"tcp-nio\"");
    }

    @Test
    void shouldRefuseInOneLineAPortThatIsTaken() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FizeauProcess fizeau = FizeauProcess.start(
                        home, "serve", "--transport", "tcp-nio", "--bind", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(fizeau.exitStatus()).isEqualTo(2);
            assertThat(fizeau.err().strip()).hasLineCount(1).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    private static HostPort address(FizeauProcess fizeau) {
        Matcher matcher = ADDRESS.matcher(fizeau.out());
        assertThat(matcher.find()).isTrue();
        return HostPort.parse(matcher.group(1));
    }
}
