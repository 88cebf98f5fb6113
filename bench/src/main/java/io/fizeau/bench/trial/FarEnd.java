package io.fizeau.bench.trial;

import io.fizeau.bench.server.FarServer;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerProcess;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.transport.Guarantee;

/** Where the server of a trial is: in a process of its own, in this one, or somewhere else already. Stateless. */
final class FarEnd {
    private FarEnd() {}

    /**
     * Starts it, unless it was started elsewhere.
     *
     * @param settings the trial's.
     * @param transport what to serve over.
     * @param serverSettings how to run.
     * @param bind where a process listens.
     * @return the server, which the caller closes.
     */
    static Server start(
            final TrialSettings settings,
            final ConfiguredTransport transport,
            final ServerSettings serverSettings,
            final String bind) {
        return switch (settings.server()) {
            case TrialSettings.PROCESS ->
                transport.guarantees().has(Guarantee.CROSSES_PROCESSES)
                        ? ServerProcess.start(transport.spec().text(), bind, serverSettings)
                        : ServerThread.start(transport, transport.loopbackAddress(), serverSettings);
            case TrialSettings.THREAD -> ServerThread.start(transport, transport.loopbackAddress(), serverSettings);
            default -> new FarServer(farAddress(settings.server()));
        };
    }

    private static Address farAddress(final String text) {
        try {
            return Address.parse(text);
        } catch (final TransportException e) {
            throw new TransportException(
                    e.nextStep(),
                    "server=" + text + " must be process, thread, or an address at which fizeau serve listens, such as"
                            + " 192.0.2.1:4000",
                    e);
        }
    }
}
