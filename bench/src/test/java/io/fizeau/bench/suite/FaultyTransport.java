package io.fizeau.bench.suite;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.Transport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The conformance kit's faulty transports, as a fork finds them: what the suites must notice. */
public final class FaultyTransport implements Transport {
    private static final Map<Fault, MemoryTransport> NETWORKS = new EnumMap<>(Fault.class);
    private static final Option<Fault> FAULT = Option.choice("fault", Fault.class, Fault.NONE, "what goes wrong");
    private static final Option<Boolean> RELIABLE = Option.flag("reliable", true, "whether it promises to deliver");
    private static final Transport CORRECT = new MemoryTransport(Fault.NONE);

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public String description() {
        return "two rings in one JVM, for tests";
    }

    @Override
    public List<Option<?>> options() {
        final List<Option<?>> options = new ArrayList<>(CORRECT.options());
        options.addAll(List.of(FAULT, RELIABLE));
        return options;
    }

    @Override
    public Guarantees guarantees(final Settings settings) {
        final Guarantees all = CORRECT.guarantees(settings);
        return settings.get(RELIABLE) ? all : all.without(Guarantee.RELIABLE);
    }

    @Override
    public DrivingSupport driving(final Settings settings) {
        return CORRECT.driving(settings);
    }

    @Override
    public Address loopbackAddress(final Settings settings) {
        return network(settings).loopbackAddress(settings);
    }

    @Override
    public Node open(final Settings settings, final NodeContext context) {
        return network(settings).open(settings, context);
    }

    private static MemoryTransport network(final Settings settings) {
        synchronized (NETWORKS) {
            return NETWORKS.computeIfAbsent(settings.get(FAULT), MemoryTransport::new);
        }
    }
}
