package io.fizeau.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Layer;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransportsTest {
    private static final NodeContext CONTEXT = NodeContext.named("test", error -> {});

    private final Transports transports =
            Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of(new PaddingLayer(true), new BrokenLayer()));

    @Test
    void shouldResolveATransportWithItsOptionsAndLayers() {
        final ConfiguredTransport configured = transports.resolve("memory?waits=true&driving=own+padding");

        assertThat(configured.transport().name()).isEqualTo("memory");
        assertThat(configured.settings().isGiven(CommonOptions.DRIVING)).isTrue();
        assertThat(configured.spec().text()).isEqualTo("memory?waits=true&driving=own+padding");
        assertThat(configured).hasToString("memory?waits=true&driving=own+padding");
        assertThat(configured.driving().connecting()).containsExactlyInAnyOrder(Driving.CALLER, Driving.OWN);
        assertThat(configured.guarantees().maxMessageBytes())
                .isEqualTo(transports.resolve("memory").guarantees().maxMessageBytes() - PaddingLayer.BYTES);
    }

    @Test
    void shouldListTheKnownTransportsWhenOneIsNotKnown() {
        assertThatThrownBy(() -> transports.resolve("tcp-nio"))
                .isInstanceOf(TransportException.class)
                .hasMessage("unknown transport 'tcp-nio': the known ones are memory");
        assertThatThrownBy(() -> Transports.of(List.of(), List.of()).resolve("tcp-nio"))
                .hasMessage("unknown transport 'tcp-nio': the known ones are none");
    }

    @Test
    void shouldListTheKnownLayersWhenOneIsNotKnown() {
        assertThatThrownBy(() -> transports.resolve("memory+crc"))
                .hasMessage("unknown layer 'crc': the known ones are broken, padding");
    }

    @Test
    void shouldListTheKnownOptionsWhenOneIsNotKnown() {
        assertThatThrownBy(() -> transports.resolve("memory?wiats=true"))
                .hasMessage("memory has no option 'wiats': the known ones are waits, port, driving, sends, idle");
        assertThatThrownBy(() -> transports.resolve("memory+padding?x=1"))
                .hasMessage("padding has no option 'x': the known ones are none");
    }

    @Test
    void shouldRefuseTwoOfTheSameName() {
        assertThatThrownBy(() -> Transports.of(
                        List.of(new MemoryTransport(Fault.NONE), new MemoryTransport(Fault.DROP)), List.of()))
                .isInstanceOf(TransportException.class)
                .hasMessage("two transports are called 'memory': " + MemoryTransport.class.getName() + " and "
                        + MemoryTransport.class.getName());
    }

    @Test
    void shouldNotOpenWhatIsNotAvailable() {
        final Transports absent =
                Transports.of(List.of(new MemoryTransport(Fault.NONE)), List.of(new PaddingLayer(false)));

        assertThat(absent.resolve("memory+padding").availability()).isEqualTo(Availability.no("no padding here"));
        assertThatThrownBy(() -> absent.resolve("memory+padding").open(CONTEXT))
                .hasMessage("memory+padding cannot run here: no padding here");
    }

    @Test
    void shouldLeaveNoNodeOpenWhenALayerFails() {
        final AtomicInteger closed = new AtomicInteger();
        final NodeContext context = new NodeContext(
                "test",
                task -> {
                    final Thread thread = new Thread(() -> {
                        task.run();
                        closed.incrementAndGet();
                    });
                    thread.setDaemon(true);
                    return thread;
                },
                error -> {});

        assertThatThrownBy(() -> transports.resolve("memory?driving=own+broken").open(context))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken on purpose");
        assertThat(closed).hasValue(1);
    }

    @Test
    void shouldFindProvidersThroughTheServiceLoader(@TempDir final Path dir) throws IOException {
        try (URLClassLoader loader = plugin(dir, Layer.class, BrokenLayer.class.getName())) {
            assertThat(Transports.load(loader).layers()).containsKey("broken");
        }
    }

    @Test
    void shouldNameAProviderThatIsNotThere(@TempDir final Path dir) throws IOException {
        try (URLClassLoader loader = plugin(dir, Transport.class, "org.example.Missing")) {
            assertThatThrownBy(() -> Transports.load(loader))
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith("a plug-in's transport cannot be loaded: ")
                    .hasMessageContaining("org.example.Missing");
        }
    }

    @Test
    void shouldNameAProviderThatThrows(@TempDir final Path dir) throws IOException {
        try (URLClassLoader loader = plugin(dir, Layer.class, ThrowingLayer.class.getName())) {
            assertThatThrownBy(() -> Transports.load(loader))
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith("a plug-in's layer cannot be loaded: ")
                    .hasMessageContaining(ThrowingLayer.class.getName())
                    .hasMessageContaining("thrown on purpose");
        }
    }

    @Test
    void shouldNameAProviderWhoseNameCannotBeWritten() {
        assertThatThrownBy(() -> Transports.of(List.of(), List.of(new BrokenLayer() {
                    @Override
                    public String name() {
                        return "Not A Name";
                    }
                })))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("cannot tell its name: 'Not A Name' is no name");
    }

    private static URLClassLoader plugin(final Path dir, final Class<?> service, final String provider)
            throws IOException {
        final Path services = Files.createDirectories(dir.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider + '\n');
        return new URLClassLoader(new URL[] {dir.toUri().toURL()}, TransportsTest.class.getClassLoader());
    }

    /** Says that each message may grow. */
    private static final class PaddingLayer implements TransformLayer {
        private static final int BYTES = 100;

        private final boolean isAvailable;

        PaddingLayer(final boolean isAvailable) {
            this.isAvailable = isAvailable;
        }

        @Override
        public String name() {
            return "padding";
        }

        @Override
        public String description() {
            return "room";
        }

        @Override
        public Availability availability(final Settings settings) {
            return isAvailable ? Availability.yes() : Availability.no("no padding here");
        }

        @Override
        public TransformSource source(final Settings settings, final Guarantees below) {
            throw new AssertionError("no connection is made here");
        }

        @Override
        public int worstGrowthBytes(final Settings settings, final int messageBytes) {
            return BYTES;
        }
    }

    /** Cannot be put around anything. */
    public static class BrokenLayer implements TransformLayer {
        /** Found by the service loader. */
        public BrokenLayer() {}

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String description() {
            return "fails";
        }

        @Override
        public TransformSource source(final Settings settings, final Guarantees below) {
            throw new AssertionError("no connection is made here");
        }

        @Override
        public int worstGrowthBytes(final Settings settings, final int messageBytes) {
            return 0;
        }

        @Override
        public Node wrap(
                final Settings settings, final Guarantees promised, final Node below, final NodeContext context) {
            throw new IllegalStateException("broken on purpose");
        }
    }

    /** Cannot even be made. */
    public static final class ThrowingLayer extends BrokenLayer {
        /** Found by the service loader. */
        public ThrowingLayer() {
            throw new IllegalStateException("thrown on purpose");
        }
    }
}
