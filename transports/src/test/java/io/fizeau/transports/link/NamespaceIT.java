package io.fizeau.transports.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NamespaceIT {
    @BeforeEach
    void assume() {
        final Availability availability = Namespace.availability();
        Assumptions.assumeTrue(availability.isAvailable(), availability::reason);
    }

    @Test
    void shouldSeeNothingButTheLoopback() throws Exception {
        assertThat(output("ip", "-o", "link", "show", "up"))
                .singleElement()
                .asString()
                .contains("lo:");
        assertThat(output("sh", "-c", "ls /dev/shm | wc -l")).containsExactly("0");
    }

    @Test
    void shouldTellInsideFromOutside() throws Exception {
        assertThat(Namespace.isInside()).isFalse();
        final List<String> seen = output("sh", "-c", "echo $FIZEAU_NETWORK_OUTSIDE; readlink /proc/self/ns/net");
        assertThat(seen.get(0))
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
        assertThat(seen.get(1)).startsWith("net:").isNotEqualTo(seen.get(0));
    }

    @Test
    void shouldLetACommandEndInItsOwnWay() throws Exception {
        final Process process =
                start("sh", "-c", "trap 'echo ended; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            Namespace.end(process, Duration.ofSeconds(10));
            assertThat(lines.readLine()).isEqualTo("ended");
            assertThat(process.waitFor()).isEqualTo(3);
        }
    }

    @Test
    void shouldEndACommandThatDoesNotListen() throws Exception {
        final Process process = start("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            final List<ProcessHandle> all = process.descendants().toList();
            Namespace.end(process, Duration.ofMillis(200));
            for (final ProcessHandle each : all) {
                each.onExit().get();
            }
            assertThat(process.waitFor()).isNotZero();
        }
    }

    @Test
    void shouldPassTheExitStatusOn() throws Exception {
        assertThat(start("sh", "-c", "exit 7").waitFor()).isEqualTo(7);
        assertThat(Namespace.probe(List.of("sh", "-c", "echo Error: no luck; exit 1"), ""))
                .contains("no luck");
    }

    private static List<String> output(final String... command) throws IOException, InterruptedException {
        final Process process = start(command);
        try (BufferedReader lines = process.inputReader()) {
            final List<String> printed = lines.lines().toList();
            assertThat(process.waitFor()).isZero();
            return printed;
        }
    }

    private static Process start(final String... command) {
        return Namespace.start(new ProcessBuilder(command).redirectErrorStream(true));
    }
}
