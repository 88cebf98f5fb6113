package io.fizeau.bench.server;

import io.fizeau.core.address.Address;
import java.util.Map;
import java.util.Optional;

/**
 * A server that somebody else started, here or on another host, with {@code fizeau serve}. There is no line to it but the
 * transport under test, so its own figures are not to be had.
 *
 * @param address where it listens.
 */
public record FarServer(Address address) implements Server {
    private static final String UNAVAILABLE = "unavailable: the server was started elsewhere";

    @Override
    public Optional<ServerStatistics> statistics() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> notes() {
        return Map.of("serverCpu", UNAVAILABLE, "serverFigures", UNAVAILABLE);
    }

    @Override
    public String endNoise() {
        return UNAVAILABLE;
    }

    @Override
    public Map<String, String> manifest() {
        return Map.of("server", UNAVAILABLE);
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public String diagnosis() {
        return "the server at " + address.text() + " was started elsewhere: see what it says there";
    }

    @Override
    public void close() {
        // Not ours to stop.
    }
}
