package io.fizeau.bench.pin;

import io.fizeau.core.registry.ConfiguredTransport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Threads of a media driver that spin beside those of the harness and of the transport, for a fork's notes: those of one that a node
 * has embedded, by its options and by which threads it has; of one that runs elsewhere, that it does. Nothing is noted of a transport
 * that has no driver. Stateless.
 */
public final class MediaDriverThreads {
    private static final String IDLE = "driverIdle";
    private static final String DIRECTORY = "dir";

    /** Aeron names its threads after what they do; one that does several things has all their names. Its conductor never spins alone. */
    private static final Pattern NETWORK = Pattern.compile("sender|receiver");

    /** A thread each for sender and receiver: where nobody says how they wait, they spin, and a single one backs off. */
    private static final int DEDICATED = 2;

    private MediaDriverThreads() {}

    /**
     * What to note.
     *
     * @param end {@code client} or {@code server}.
     * @param transport what the node was opened from.
     * @param threads those that the node has started.
     * @return notes; empty for a transport without a driver.
     */
    public static Map<String, String> notes(
            final String end, final ConfiguredTransport transport, final PinnedThreads threads) {
        final Map<String, String> notes = new LinkedHashMap<>();
        option(transport, IDLE).ifPresent(idle -> {
            if (option(transport, DIRECTORY).orElse("").isEmpty()) {
                notes.put(end + "DriverSpins", Integer.toString(spinning(idle, threads.alive(NETWORK))));
            } else {
                notes.put(end + "Driver", "external");
            }
        });
        return notes;
    }

    static int spinning(final String idle, final int networkThreads) {
        return switch (idle) {
            case "spin" -> networkThreads;
            case "auto" -> networkThreads == DEDICATED ? DEDICATED : 0;
            default -> 0;
        };
    }

    private static Optional<String> option(final ConfiguredTransport transport, final String name) {
        return transport.transport().options().stream()
                .filter(option -> option.name().equals(name))
                .map(option -> String.valueOf(transport.settings().get(option)).toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
