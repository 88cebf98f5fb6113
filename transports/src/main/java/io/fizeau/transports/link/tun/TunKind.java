package io.fizeau.transports.link.tun;

import com.sun.jna.Native;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.NetworkTransports;
import io.fizeau.transports.link.namespace.Namespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything an impairment can ask for, the same for TCP, UDP and Aeron: packets leave the kernel through a TUN device, pass a relay in
 * this process, and come back. Loss and duplication are exact by index; what arrives first depends on timing. Immutable and
 * thread-safe.
 */
public final class TunKind implements LinkKind {
    private static final Path DEVICE = Path.of(TunDevice.PATH);

    @Override
    public String name() {
        return "tun";
    }

    @Override
    public String description() {
        return "everything, for TCP, UDP and Aeron alike; loss exact by index";
    }

    @Override
    public Availability availability() {
        if (!Files.exists(DEVICE)) {
            return Availability.no("no " + DEVICE + ": modprobe tun (docker: --device=/dev/net/tun)");
        }
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return Availability.no(DEVICE + " may not be opened by this user: run as root, or chmod 666 " + DEVICE);
        }
        if (Native.POINTER_SIZE != Long.BYTES) {
            return Availability.no("it needs a 64-bit JVM");
        }
        final Availability namespaces = Namespace.availability();
        if (!namespaces.isAvailable()) {
            return namespaces;
        }
        return Namespace.probe(List.of("ip", "tuntap", "add", "dev", TunLink.DEVICE, "mode", "tun"), "")
                .map(complaint -> Availability.no("no TUN device can be made (" + complaint + "): run as root"))
                .orElse(Availability.yes());
    }

    @Override
    public boolean needsNamespace() {
        return true;
    }

    @Override
    public boolean isCarriedByProcess() {
        return true;
    }

    @Override
    public Optional<String> refusal(final Impairment impairment, final String transport) {
        return NetworkTransports.refusal(name(), transport);
    }

    @Override
    public Link open() {
        Namespace.requireInside("link=" + name());
        return TunLink.open();
    }
}
