package io.fizeau.transports.link.netem;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.NetworkTransports;
import io.fizeau.transports.link.command.Command;
import io.fizeau.transports.link.namespace.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's network emulator on the loopback of a namespace, where the kernel has it. Its random numbers are the kernel's own: even
 * where it takes a seed, which packets it drops is not the schedule of the other links, and it counts what it dropped but not why.
 * Immutable and thread-safe.
 */
public final class NetemKind implements LinkKind {
    @Override
    public String name() {
        return "netem";
    }

    @Override
    public String description() {
        return "everything but lists, in the kernel; not exact by index";
    }

    @Override
    public Availability availability() {
        if (Command.find("tc").isEmpty()) {
            return Availability.no("tc is not installed: apt-get install iproute2");
        }
        final Availability namespaces = Namespace.availability();
        if (!namespaces.isAvailable()) {
            return namespaces;
        }
        return tries(List.of("netem", "delay", "1ms"))
                .map(complaint -> Availability.no("this kernel has no netem (" + complaint
                        + "): modprobe sch_netem, or take link=tun, which can do the same"))
                .orElse(Availability.yes());
    }

    @Override
    public boolean needsNamespace() {
        return true;
    }

    @Override
    public boolean canBlackOut() {
        return false;
    }

    @Override
    public Optional<String> refusal(final Impairment impairment, final String transport) {
        return NetworkTransports.refusal(name(), transport).or(() -> NetemWords.refusal(impairment));
    }

    @Override
    public Link open() {
        Namespace.requireInside("link=" + name());
        return NetemLink.open(
                tries(List.of("netem", "delay", "1ms", "seed", "1")).isEmpty());
    }

    /** The complaint about a discipline on the loopback of a namespace made for it. */
    private static Optional<String> tries(final List<String> discipline) {
        final List<String> words = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", "lo", "root"));
        words.addAll(discipline);
        return Namespace.probe(words, "");
    }
}
