package io.fizeau.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.Address;
import io.fizeau.core.layer.TransformLayer;
import io.fizeau.core.layer.TransformSource;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BareTransportTest {
    private final Transports transports = Transports.of(
            List.of(new MemoryTransport(Fault.NONE), new Secured("sealed", "memory?waits=true")), List.of(new Wrap()));

    @Test
    void shouldTakeTheLayersOff() {
        assertThat(bare("memory?driving=own+wrap+wrap")).hasValue("memory?driving=own");
        assertThat(bare("memory?driving=own")).isEmpty();
    }

    @Test
    void shouldTakeTheSecurityOffThatATransportBringsItself() {
        assertThat(bare("sealed")).hasValue("memory?waits=true");
        assertThat(bare("sealed+wrap")).hasValue("memory?waits=true");
    }

    @Test
    void shouldCarryOverTheOptionsThatBothHave() {
        assertThat(bare("sealed?driving=own&key=x&waits=false")).hasValue("memory?driving=own&waits=true");
    }

    private Optional<String> bare(String spec) {
        return transports.bare(transports.resolve(spec)).map(ConfiguredTransport::toString);
    }

    private record Secured(String name, String bare) implements Transport {
        @Override
        public String description() {
            return "made up";
        }

        @Override
        public List<Option<?>> options() {
            List<Option<?>> options = new ArrayList<>(new MemoryTransport(Fault.NONE).options());
            options.add(Option.text("key", "", "made up"));
            return options;
        }

        @Override
        public Optional<String> withoutSecurity(Settings settings) {
            return Optional.of(bare);
        }

        @Override
        public Guarantees guarantees(Settings settings) {
            return new MemoryTransport(Fault.NONE).guarantees(settings);
        }

        @Override
        public DrivingSupport driving(Settings settings) {
            return DrivingSupport.BOTH;
        }

        @Override
        public Address loopbackAddress(Settings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Node open(Settings settings, NodeContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record Wrap() implements TransformLayer {
        @Override
        public String name() {
            return "wrap";
        }

        @Override
        public String description() {
            return "made up";
        }

        @Override
        public int worstGrowthBytes(Settings settings, int messageBytes) {
            return 0;
        }

        @Override
        public TransformSource source(Settings settings, Guarantees below) {
            throw new UnsupportedOperationException();
        }
    }
}
