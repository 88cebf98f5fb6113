package io.fizeau.core.transport;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whose threads can drive a transport, at the end that listens and at the end that connects. Immutable and thread-safe.
 *
 * @param listening the ways offered for listeners and the connections they accept; not empty.
 * @param connecting the ways offered for connections that were connected from here; not empty.
 */
public record DrivingSupport(Set<Driving> listening, Set<Driving> connecting) {
    /** Both ways at both ends. */
    public static final DrivingSupport BOTH =
            new DrivingSupport(EnumSet.allOf(Driving.class), EnumSet.allOf(Driving.class));

    /** Makes the sets unmodifiable. */
    public DrivingSupport {
        if (listening.isEmpty() || connecting.isEmpty()) {
            throw TransportException.badRequest("a transport must offer at least one way of driving at each end");
        }
        listening = Collections.unmodifiableSet(EnumSet.copyOf(listening));
        connecting = Collections.unmodifiableSet(EnumSet.copyOf(connecting));
    }

    /**
     * The way in which the listening end will be driven.
     *
     * @param choice what the user asks for.
     * @return the way.
     * @throws TransportException if it is not offered at this end.
     */
    public Driving forListening(final DrivingChoice choice) {
        return choose(choice, listening, "listening");
    }

    /**
     * The way in which the connecting end will be driven.
     *
     * @param choice what the user asks for.
     * @return the way.
     * @throws TransportException if it is not offered at this end.
     */
    public Driving forConnecting(final DrivingChoice choice) {
        return choose(choice, connecting, "connecting");
    }

    private static Driving choose(final DrivingChoice choice, final Set<Driving> offered, final String end) {
        final Driving wanted = switch (choice) {
            case AUTO -> offered.contains(Driving.CALLER) ? Driving.CALLER : Driving.OWN;
            case CALLER -> Driving.CALLER;
            case OWN -> Driving.OWN;
        };
        if (!offered.contains(wanted)) {
            throw TransportException.badRequest("option driving=" + spelling(choice) + " is not offered at the " + end
                    + " end of this transport: it offers "
                    + String.join(
                            ", ", offered.stream().map(DrivingSupport::spelling).toList()));
        }
        return wanted;
    }

    private static String spelling(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
