package io.fizeau.transports.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.Transports;
import io.fizeau.core.tck.KitReport;
import io.fizeau.core.tck.KitReport.Result;
import io.fizeau.core.tck.KitRunner;
import io.fizeau.core.transport.Layer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one test of the kit that takes a second process to prove: a transport that does not notice a killed peer fails it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class KillProofIT {
    private static final String KILL = "shouldNoticeThatThePeerWasKilled";

    @Test
    void shouldFindATransportThatDoesNotNoticeAKilledPeer(@TempDir final Path plugin) throws IOException {
        final Path services = Files.createDirectories(plugin.resolve("META-INF/services"));
        Files.writeString(services.resolve(Layer.class.getName()), DeafLayer.class.getName() + '\n');
        final ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {plugin.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader); // the other JVM is given its jars

            final KitReport report = run("tcp-nio+deaf", Transports.load(loader));

            assertThat(report.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.result()).isEqualTo(Result.FAILED);
                assertThat(outcome.reason()).contains("in vain for onClosed").contains("whose peer was killed");
            });
            assertThat(run("tcp-nio", Transports.load(loader)).isPassed()).isTrue();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static KitReport run(final String spec, final Transports transports) {
        return KitRunner.run(spec, transports, KILL, Duration.ofSeconds(3), outcome -> {});
    }
}
