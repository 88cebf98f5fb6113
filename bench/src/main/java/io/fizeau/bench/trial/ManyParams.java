package io.fizeau.bench.trial;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.OpenFiles;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.transport.Guarantee;
import java.util.Map;

/**
 * What the benchmarks with many connections have as parameters. Stateless.
 */
public final class ManyParams {
    /** The most connections of one trial: with their local ports, they are all between two addresses. */
    public static final int MOST_CONNECTIONS = 20_000;

    /** The most client threads. */
    public static final int MOST_THREADS = 64;

    /** Over how many connections messages are echoed. */
    public static final String CONNECTIONS = "connections";

    /** To how many connections each message is sent. */
    public static final String RECEIVERS = "receivers";

    /** How many connections are being made at once. */
    public static final String UNDER_WAY = "underWay";

    private static final String CLIENT_THREADS = "clientThreads";

    private ManyParams() {}

    /**
     * The spec to open where there are many connections at an end. A transport whose connections each need a thread that polls them
     * brings these threads along: it drives itself, where it offers that and nobody chose otherwise.
     *
     * @param transport a spec string.
     * @return the same, or with driving=own.
     */
    public static String specFor(final String transport) {
        final ConfiguredTransport resolved = Transports.installed().resolve(transport);
        final boolean isFree = resolved.settings().get(CommonOptions.DRIVING) == DrivingChoice.AUTO;
        final boolean wantsItsOwn = resolved.guarantees().has(Guarantee.POLLED_PER_CONNECTION)
                && resolved.driving().connecting().contains(Driving.OWN)
                && resolved.driving().listening().contains(Driving.OWN);
        return isFree && wantsItsOwn
                ? TransportSpec.parse(transport)
                        .with(CommonOptions.DRIVING.name(), "own")
                        .text()
                : transport;
    }

    /**
     * Checks the parameters of a row before anything runs; those that it does not have are not looked at.
     *
     * @param params parameter to value.
     * @throws TransportException if one is out of range; the message names it.
     */
    public static void check(final Map<String, String> params) {
        final String server = params.getOrDefault("server", TrialSettings.PROCESS);
        checkFiles(check(params, RECEIVERS, MOST_CONNECTIONS), server);
        checkFiles(check(params, UNDER_WAY, MOST_CONNECTIONS), server);
        // An open loop has a parameter of the same name, and limits of its own.
        if (!params.containsKey("rate")) {
            final long connections = check(params, CONNECTIONS, MOST_CONNECTIONS);
            final long threads = check(params, CLIENT_THREADS, MOST_THREADS);
            check(connections, threads, server);
        }
    }

    static void check(final long connections, final long threads, final String server) {
        TransportException.requireWithin(CLIENT_THREADS, threads, 1, MOST_THREADS);
        check(CONNECTIONS, connections, server);
        if (connections < threads) {
            throw TransportException.badRequest("connections=" + connections + " must be at least clientThreads="
                    + threads + ": each thread has one or more");
        }
    }

    static void check(final String name, final long connections, final String server) {
        TransportException.requireWithin(name, connections, 1, MOST_CONNECTIONS);
        checkFiles(connections, server);
    }

    private static void checkFiles(final long connections, final String server) {
        OpenFiles.hindrance(connections, server.equals(TrialSettings.THREAD) ? 2 : 1)
                .ifPresent(why -> {
                    throw TransportException.badRequest(why);
                });
    }

    private static long check(final Map<String, String> params, final String name, final int most) {
        final String text = params.getOrDefault(name, "1");
        try {
            final long value = Long.parseLong(text);
            TransportException.requireWithin(name, value, 1, most);
            return value;
        } catch (final NumberFormatException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, name + '=' + text + " is not allowed: it takes a number", e);
        }
    }
}
