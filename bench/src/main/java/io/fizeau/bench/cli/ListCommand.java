package io.fizeau.bench.cli;

import io.fizeau.bench.settings.LaunchSettings;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Layer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What transports and layers there are, on one screen. */
@Command(
        name = "list",
        description = "Lists the transports and layers: what each promises, and whether it can run here.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private static final int MODEL_BYTES = 1 << 20;

    private final PrintStream out;

    @Mixin
    private TransportOptions options = new TransportOptions();

    @picocli.CommandLine.Option(
            names = {"-v", "--options"},
            description = "show the options of each, with defaults and limits")
    private boolean showOptions;

    ListCommand(final LaunchSettings settings) {
        this.out = settings.terminal().out();
    }

    @Override
    public Integer call() {
        final Transports registry = options.transports();
        final List<ConfiguredTransport> all = new ArrayList<>();
        registry.transports().keySet().forEach(name -> all.add(registry.resolve(name)));
        final Set<Guarantee> shared = shared(all);
        out.println(all.isEmpty() ? "No transports are installed." : "Transports");
        for (final ConfiguredTransport transport : all) {
            print(transport, shared);
        }
        if (!shared.isEmpty()) {
            out.println("  each of them promises: " + labels(shared));
        }
        if (!registry.layers().isEmpty()) {
            out.println(
                    "Layers (tcp-nio+" + registry.layers().keySet().iterator().next() + ")");
            registry.layers().values().forEach(this::print);
        }
        if (showOptions) {
            out.println("Options of every transport");
            CommonOptions.all().forEach(this::print);
        } else {
            out.println("Options, as in tcp-nio?sends=gathered, are shown by: fizeau list --options");
        }
        out.flush();
        return FizeauCommand.OK;
    }

    private void print(final ConfiguredTransport transport, final Set<Guarantee> shared) {
        final Availability availability = transport.availability();
        final EnumSet<Guarantee> own = EnumSet.noneOf(Guarantee.class);
        own.addAll(transport.guarantees().all());
        own.removeAll(shared);
        out.printf(
                "  %-13s %s%n", transport.spec().text(), transport.transport().description());
        out.printf(
                "  %-13s %s; up to %s%s%n",
                "",
                availability.isAvailable() ? "can run here" : "CANNOT RUN HERE: " + availability.reason(),
                size(transport.guarantees().maxMessageBytes()),
                own.isEmpty() ? "" : "; " + labels(own));
        if (showOptions) {
            transport.transport().options().forEach(this::print);
        }
    }

    private void print(final Layer layer) {
        final Settings settings = Settings.of(layer.name(), layer.options(), Map.of());
        final Availability availability = layer.availability(settings);
        out.printf("  %-13s %s%n", layer.name(), layer.description());
        out.printf(
                "  %-13s %s%s%n",
                "",
                availability.isAvailable() ? "can run here" : "CANNOT RUN HERE: " + availability.reason(),
                added(layer, settings));
        if (showOptions) {
            layer.options().forEach(this::print);
        }
    }

    /** What a layer adds to the promises of a transport that has those that most have. */
    private static String added(final Layer layer, final Settings settings) {
        final Guarantees below = new Guarantees(
                EnumSet.of(
                        Guarantee.RELIABLE,
                        Guarantee.ORDERED,
                        Guarantee.KEEPS_BOUNDARIES,
                        Guarantee.CONNECTED,
                        Guarantee.DUPLEX,
                        Guarantee.FLOW_CONTROLLED),
                1,
                MODEL_BYTES);
        final Guarantees with = layer.guarantees(settings, below);
        final EnumSet<Guarantee> added = EnumSet.noneOf(Guarantee.class);
        added.addAll(with.all());
        added.removeAll(below.all());
        final int longer = MODEL_BYTES - with.maxMessageBytes();
        return (added.isEmpty() ? "" : "; adds " + labels(added))
                + (longer == 0 ? "" : "; makes a message up to " + longer + " B longer");
    }

    private void print(final Option<?> option) {
        final String value = option.defaultText().isEmpty() ? "(not set)" : option.defaultText();
        out.printf("      %s=%s  %s [%s]%n", option.name(), value, option.description(), option.allowed());
    }

    private static Set<Guarantee> shared(final Collection<ConfiguredTransport> all) {
        final EnumSet<Guarantee> shared =
                all.size() < 2 ? EnumSet.noneOf(Guarantee.class) : EnumSet.allOf(Guarantee.class);
        all.forEach(transport -> shared.retainAll(transport.guarantees().all()));
        return shared;
    }

    private static String labels(final Collection<Guarantee> guarantees) {
        return String.join(", ", guarantees.stream().map(Guarantee::label).toList());
    }

    private static String size(final int bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.4g KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.4g MiB", bytes / 1048576.0);
    }
}
