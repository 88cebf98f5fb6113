package io.fizeau.bench.rounds;

import io.fizeau.bench.probe.ClockProbe;
import io.fizeau.bench.probe.UnixSocketProbe;
import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The short measurements of the machine that stand in the manifest. Used by one thread. */
public final class Probes {
    private static final Duration UNIX_SOCKET_TIME = Duration.ofMillis(500);

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    /** What is known before the first fork: the clock, and the processors' distance. Takes about half a second. */
    public void runBefore() {
        final ClockProbe clock = ClockProbe.run();
        values.put("clockCostNs", clock.costNs());
        values.put("clockTickNs", clock.tickNs());
        unixSocket("unixSocketRttNsBefore");
    }

    /** The same once more, to see whether the machine is still in the same state. Takes about half a second. */
    public void runAfter() {
        unixSocket("unixSocketRttNsAfter");
    }

    Map<String, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    Map<String, String> notes() {
        return Collections.unmodifiableMap(notes);
    }

    private void unixSocket(final String name) {
        try {
            values.put(name, UnixSocketProbe.medianRoundTripNs(UNIX_SOCKET_TIME));
        } catch (final TransportException e) {
            notes.put(name, String.valueOf(e.getMessage()));
        }
    }
}
