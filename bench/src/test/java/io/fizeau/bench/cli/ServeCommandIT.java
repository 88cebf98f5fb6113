package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fizeau.bench.runfolder.FarManifest;
import io.fizeau.core.address.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ServeCommandIT {
    private static final Pattern ADDRESS = Pattern.compile("Serving tcp-nio at (\\S+:\\d+)");

    @TempDir
    Path home;

    @Test
    void shouldServeOnLoopbackUntilItIsInterruptedAndFreeItsPort() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, "serve", "--transport", "tcp-nio")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> fizeau.out().contains("Client:"));
            HostPort address = address(fizeau);
            assertThat(InetAddress.getByName(address.host()).isLoopbackAddress())
                    .isTrue();
            new Socket(address.host(), address.port()).close();

            fizeau.signal("INT");

            assertThat(fizeau.exitStatus()).isEqualTo(130);
            new ServerSocket(address.port(), 1, InetAddress.getByName(address.host())).close();
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
